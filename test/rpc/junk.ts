const words = [
  'call',
  'cancel',
  'ack',
  'event',
  'end',
  'type',
  'id',
  'path',
  'input',
  'window',
  'count',
  '__proto__',
  'constructor',
  'say.fail',
  'say',
  'flow.count',
];

/** Makes a source of random JSON values that often look nearly like frames; the same seed gives the same junk. */
export function createJunk(seed: number): () => unknown {
  let state = seed >>> 0;
  // Mulberry32: small, and good enough to reach every branch.
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (count: number) => Math.floor(random() * count);
  const word = () => words[below(words.length)] ?? '';

  const value = (depth: number): unknown => {
    switch (below(depth > 3 ? 6 : 9)) {
      case 0:
        return null;
      case 1:
        return random() < 0.5;
      case 2:
        return Math.floor((random() - 0.5) * 1e6);
      case 3:
        return random() * 1e300;
      case 4:
        return word();
      case 5:
        return String.fromCharCode(...Array.from({ length: below(40) }, () => below(0xd7ff)));
      case 6:
        return Array.from({ length: below(5) }, () => value(depth + 1));
      default:
        return object(depth);
    }
  };
  const object = (depth: number) =>
    Object.fromEntries(Array.from({ length: below(6) }, () => [word(), value(depth + 1)]));

  return () =>
    random() < 0.5 ? { ...object(0), type: word(), id: `junk-${below(50)}`, path: word() } : value(0);
}
