/** Makes a `switch` exhaustive: the compiler rejects a missing case, and a value from outside that slipped through throws. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
