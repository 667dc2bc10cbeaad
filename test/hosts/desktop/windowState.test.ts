import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  placeWindow,
  readWindowState,
  writeWindowState,
} from '../../../electron/hosts/desktop/windowState.ts';

const folder = mkdtempSync(join(tmpdir(), 'inkling-state-'));
const file = join(folder, 'window.json');
afterAll(() => rmSync(folder, { recursive: true }));

const main = { x: 0, y: 25, width: 1920, height: 1015 };
const left = { x: -1280, y: 0, width: 1280, height: 1024 };
const at = (x: number, y: number, width = 1000, height = 700) => ({
  bounds: { x, y, width, height },
  maximized: false,
});

describe('the remembered window', () => {
  it('comes back where it was', () => {
    writeWindowState(file, at(100, 120));
    const remembered = readWindowState(file);
    expect(placeWindow(remembered, [main])).toEqual({ x: 100, y: 120, width: 1000, height: 700 });
    expect(placeWindow(at(-1200, 10), [main, left])).toEqual({ x: -1200, y: 10, width: 1000, height: 700 });
  });

  it('is centred by the system when its display is gone or its title bar could not be caught', () => {
    const lost = [at(-1200, 10), at(5000, 100), at(1850, 100), at(100, -300), at(100, 1030), at(-950, 100)];
    for (const state of lost) expect(placeWindow(state, [main])).toEqual({ width: 1000, height: 700 });
  });

  it('is never larger than its screen nor smaller than can be used', () => {
    expect(placeWindow(at(10, 30, 9000, 9000), [main])).toEqual({ x: 10, y: 30, width: 1920, height: 1015 });
    expect(placeWindow(at(10, 30, 5, 5), [main])).toEqual({ width: 640, height: 480 });
    expect(placeWindow(at(10, 30, 200, 200), [main])).toEqual({ x: 10, y: 30, width: 640, height: 480 });
  });

  it('gets a usual size the first time, also when no screen is told', () => {
    expect(placeWindow(undefined, [main])).toEqual({ width: 1280, height: 800 });
    expect(placeWindow(undefined, [{ x: 0, y: 0, width: 1024, height: 700 }])).toEqual({
      width: 1024,
      height: 700,
    });
    expect(placeWindow(undefined, [])).toEqual({ width: 1280, height: 800 });
  });

  it.each([
    '',
    '{',
    'null',
    '{"bounds":{"x":1e99}}',
    '{"bounds":{"x":0,"y":0,"width":-1,"height":1},"maximized":1}',
  ])('is forgotten when its file holds %j', (text) => {
    writeFileSync(file, text);
    expect(readWindowState(file)).toBeUndefined();
  });

  it('may be unreadable or unwritable: nothing else suffers', () => {
    expect(readWindowState(join(folder, 'missing.json'))).toBeUndefined();
    expect(() => writeWindowState(join(folder, 'missing/window.json'), at(0, 0))).not.toThrow();
  });
});
