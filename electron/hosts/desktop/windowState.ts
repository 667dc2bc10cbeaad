import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from '../../services/storage/writeFileAtomic.ts';

/** A place on the screens, in device-independent pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const side = z.int().min(1).max(100_000);
const place = z.int().min(-100_000).max(100_000);
const windowState = z.object({
  bounds: z.object({ x: place, y: place, width: side, height: side }),
  maximized: z.boolean(),
});
/** Where the window was when it was last seen. */
export type WindowState = z.infer<typeof windowState>;

/** The smallest window in which everything can be reached, and what a first one gets. */
export const smallest = { width: 640, height: 480 };
const usual = { width: 1280, height: 800 };
/** As much of the title bar must be on a screen for the window to be caught with the mouse. */
const graspable = { width: 120, height: 32 };

/** Reads the remembered state; a missing or damaged file is nothing to talk about. */
export function readWindowState(file: string): WindowState | undefined {
  try {
    return windowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Remembers the state; a place that cannot be written costs only the memory of it. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileAtomic(file, JSON.stringify(state));
  } catch {
    // The next change tries again.
  }
}

/**
 * Where to open the window: where it was if it can be seen and grasped there, else centred by the system. `screens` are
 * the work areas of the displays, the first one being where a new window appears.
 */
export function placeWindow(
  remembered: WindowState | undefined,
  screens: readonly Rectangle[],
): { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number } {
  const wanted = remembered?.bounds;
  const screen = wanted && screens.find((area) => isGraspable(wanted, area));
  if (wanted && screen) return { ...clampTo(wanted, screen), x: wanted.x, y: wanted.y };
  return clampTo(wanted ?? usual, screens[0] ?? { x: 0, y: 0, ...usual });
}

function clampTo(size: { width: number; height: number }, screen: Rectangle) {
  const clamp = (wanted: number, least: number, most: number) => Math.max(least, Math.min(wanted, most));
  return {
    width: clamp(size.width, smallest.width, Math.max(screen.width, smallest.width)),
    height: clamp(size.height, smallest.height, Math.max(screen.height, smallest.height)),
  };
}

function isGraspable(bounds: Rectangle, screen: Rectangle): boolean {
  const seen = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x);
  const top = bounds.y - screen.y;
  return seen >= graspable.width && top >= 0 && top <= screen.height - graspable.height;
}
