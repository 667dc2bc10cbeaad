/** How often it is looked whether a model rested long enough, in ms. */
const usualLook = 5_000;

/**
 * Calls `rest` once nothing happened for as long as `after` says (ms; null never). Tell it of everything that happens by
 * `touch`; what goes on (`busy`) is no rest.
 */
export function createIdleWatch(options: {
  after: () => number | null;
  busy: () => boolean;
  rest: () => Promise<void>;
  lookEvery?: number;
  now?: () => number;
}) {
  const now = options.now ?? Date.now;
  let last = now();
  let resting = false;
  const look = async () => {
    const after = options.after();
    if (options.busy()) last = now();
    if (after === null || resting || now() - last < after) return;
    resting = true;
    try {
      await options.rest();
    } catch {
      // It was not to be unloaded now; it is looked again after another rest.
    } finally {
      resting = false;
      last = now();
    }
  };
  const timer = setInterval(() => void look(), options.lookEvery ?? usualLook);
  timer.unref();
  return {
    touch() {
      last = now();
    },
    close: () => clearInterval(timer),
  };
}
