/**
 * Runs a worker, and another one every so many ms as long as `more` says so. Resolves when all have ended: true if each
 * ended well. Whoever starts a team learns from the workers themselves what went wrong.
 */
export async function runTeam(options: {
  readonly worker: () => Promise<void>;
  readonly most: number;
  readonly every: number;
  readonly more: () => boolean;
}): Promise<boolean> {
  const team: Promise<boolean>[] = [];
  const grow = () =>
    team.push(
      options.worker().then(
        () => true,
        () => false,
      ),
    );
  const growing = setInterval(() => {
    if (options.more() && team.length < options.most) grow();
  }, options.every);
  grow();
  let well = true;
  // The list grows meanwhile.
  for (const member of team) well = (await member) && well;
  clearInterval(growing);
  return well;
}
