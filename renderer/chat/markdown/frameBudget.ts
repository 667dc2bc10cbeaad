const frameMs = 24;
const charactersPerFrame = 5000;

let frameStart = Number.NEGATIVE_INFINITY;
let left = 0;

/** Whether this frame has time left to format so many characters; if so, they are taken from it. */
export function takeFromFrame(characters: number, now = performance.now()): boolean {
  if (now - frameStart > frameMs) {
    frameStart = now;
    left = charactersPerFrame;
  }
  if (left <= 0) return false;
  left -= characters;
  return true;
}
