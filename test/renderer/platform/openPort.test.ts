import { expect, it } from 'vitest';
import { openPort } from '../../../renderer/platform/openPort.ts';

function page(address: string, extra: object = {}) {
  const kept = new Map<string, string>();
  const shown: string[] = [];
  const window = {
    location: { href: address },
    history: { state: null, replaceState: (_: unknown, __: string, url: string) => shown.push(url) },
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    },
    ...extra,
  } as unknown as Parameters<typeof openPort>[0];
  return { window, kept, shown };
}

it('takes the token out of the address at once, and keeps it for a reload', () => {
  const { window, kept, shown } = page('http://127.0.0.1:4000/?token=SECRET#/chat/a');
  expect(openPort(window).kind).toBe('ready');
  expect(shown).toEqual(['/#/chat/a']);
  expect([...kept.values()]).toEqual(['SECRET']);
  const reloaded = page('http://127.0.0.1:4000/#/chat/a', { sessionStorage: window.sessionStorage });
  expect(openPort(reloaded.window).kind).toBe('ready');
});

it('says that a page without a token is locked', () => {
  expect(openPort(page('http://127.0.0.1:4000/').window)).toEqual({ kind: 'locked' });
});

it('prefers the bridge of the desktop, and passes frames through it both ways', () => {
  const posted: unknown[] = [];
  let receive: (frame: unknown) => void = () => {};
  const inkling = {
    post: (frame: unknown) => posted.push(frame),
    onFrame: (callback: (frame: unknown) => void) => {
      receive = callback;
    },
    pathOf: ({ name }: File) => (name === 'dropped.gguf' ? '/models/dropped.gguf' : ''),
  };
  const platform = openPort(page('app://inkling/', { inkling }).window);
  if (platform.kind !== 'ready') throw new Error('locked');
  const port = platform.open();
  port.post('out');
  receive('early');
  const got: unknown[] = [];
  port.onFrame((frame) => got.push(frame));
  receive('in');
  expect(platform.pathOf(new File([], 'dropped.gguf'))).toBe('/models/dropped.gguf');
  expect(platform.pathOf(new File([], 'made up'))).toBeNull();
  expect([posted, got]).toEqual([['out'], ['early', 'in']]);
});
