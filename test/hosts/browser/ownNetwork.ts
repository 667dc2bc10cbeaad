import { spawnSync } from 'node:child_process';

/** Runs what follows where there is no network but this machine's own; the process keeps its number. */
export const withoutNetwork = ['unshare', '-n', 'sh', '-c', 'ip link set lo up && exec "$0" "$@"'] as const;

/** What has to be there for {@link withoutNetwork}, for the report of a skipped test. */
export const needsOwnNetwork = 'a network of its own needs root, unshare, nsenter and ip';

/** Whether this machine lets a test have a network of its own. */
export const canCutNetwork = (): boolean => {
  const [command, ...args] = withoutNetwork;
  return (
    spawnSync('nsenter', ['--version']).status === 0 && spawnSync(command, [...args, 'true']).status === 0
  );
};

/** The network devices that a process sees. */
export function devicesOf(pid: number): string[] {
  const listed = spawnSync('nsenter', ['-t', String(pid), '-n', 'ip', '-o', 'link'], { encoding: 'utf8' });
  return [...listed.stdout.matchAll(/^\d+: ([^:@]+)/gm)].map((match) => match[1] ?? '');
}
