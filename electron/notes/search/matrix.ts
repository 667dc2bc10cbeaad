/** Vectors of length 1, each under the hash of its text, in one block, so that a search is one pass over memory. */
export interface Matrix {
  /** Numbers in each vector. */
  readonly width: number;
  readonly hashes: readonly string[];
  /** The place of a hash among {@link hashes}. */
  row(hash: string): number | undefined;
  /** The vector of a row: a look into the block, not a copy. */
  at(row: number): Float32Array;
  /** Takes a vector in, or in place of the one before. */
  put(hash: string, vector: Float32Array): void;
  /** How near each row is to a vector of length 1, from -1 to 1; of `rows` alone where they are given. */
  compare(vector: Float32Array, rows?: Iterable<number> | null): Float32Array;
}

/** Makes an empty one with room for `expected` vectors. */
export function createMatrix(width: number, expected = 256): Matrix {
  const hashes: string[] = [];
  const places = new Map<string, number>();
  let values = new Float32Array(Math.max(1, expected) * width);

  const similarity = (row: number, vector: Float32Array): number => {
    const from = row * width;
    const even = width - (width % 4);
    // Four sums that do not wait for each other: half the time of one.
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let at = 0; at < even; at += 4) {
      a += (values[from + at] as number) * (vector[at] as number);
      b += (values[from + at + 1] as number) * (vector[at + 1] as number);
      c += (values[from + at + 2] as number) * (vector[at + 2] as number);
      d += (values[from + at + 3] as number) * (vector[at + 3] as number);
    }
    for (let at = even; at < width; at++) a += (values[from + at] as number) * (vector[at] as number);
    return a + b + c + d;
  };

  return {
    width,
    hashes,
    row: (hash) => places.get(hash),
    at: (row) => values.subarray(row * width, (row + 1) * width),
    put(hash, vector) {
      let row = places.get(hash);
      if (row === undefined) {
        row = hashes.push(hash) - 1;
        places.set(hash, row);
      }
      if ((row + 1) * width > values.length) {
        const larger = new Float32Array(values.length * 2);
        larger.set(values);
        values = larger;
      }
      values.set(vector, row * width);
    },
    compare(vector, rows = null) {
      const similar = new Float32Array(hashes.length).fill(Number.NEGATIVE_INFINITY);
      if (rows === null) for (let row = 0; row < hashes.length; row++) similar[row] = similarity(row, vector);
      else for (const row of rows) similar[row] = similarity(row, vector);
      return similar;
    },
  };
}

/** The places of the highest values, highest first, the earlier one of equals first; places without a value are left out. */
export function highest(values: Float32Array, count: number): Uint32Array {
  // Keeping many in order while looking costs more than ordering everything.
  if (count > 2000) return allOrdered(values).subarray(0, count);
  const places = new Uint32Array(count);
  const best = new Float32Array(count);
  let kept = 0;
  for (let place = 0; place < values.length; place++) {
    const value = values[place] as number;
    if (value === Number.NEGATIVE_INFINITY || (kept === count && value <= (best[count - 1] as number)))
      continue;
    let at = kept < count ? kept++ : count - 1;
    for (; at > 0 && (best[at - 1] as number) < value; at--) {
      best[at] = best[at - 1] as number;
      places[at] = places[at - 1] as number;
    }
    best[at] = value;
    places[at] = place;
  }
  return places.subarray(0, kept);
}

const allOrdered = (values: Float32Array): Uint32Array =>
  Uint32Array.from(values.keys())
    .filter((place) => values[place] !== Number.NEGATIVE_INFINITY)
    .sort((a, b) => (values[b] as number) - (values[a] as number));
