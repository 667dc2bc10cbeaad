/** Placeholder body written below. */
export function Recovery() {
  return null;
}
