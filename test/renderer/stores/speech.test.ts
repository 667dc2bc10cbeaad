import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSpeechStore, piecesOf, type Speech } from '../../../renderer/stores/speech.ts';

interface Said {
  readonly text: string;
  voice: { name: string } | null;
  onend: (() => void) | null;
}

function aSystem(voices: { name: string; lang: string; localService: boolean; default?: boolean }[]) {
  const said: Said[] = [];
  const listeners: (() => void)[] = [];
  const speech = {
    getVoices: () => voices,
    speak: (words: Said) => said.push(words),
    cancel: () => said.splice(0),
    addEventListener: (_: string, listener: () => void) => listeners.push(listener),
  } as unknown as Speech;
  return { speech, said, voices, changed: () => listeners.forEach((tell) => void tell()) };
}

describe('reading aloud', () => {
  beforeEach(() => {
    vi.stubGlobal(
      'SpeechSynthesisUtterance',
      class {
        readonly text: string;
        constructor(text: string) {
          this.text = text;
        }
      },
    );
  });
  afterEach(() => void vi.unstubAllGlobals());

  it('uses a voice of this computer in the reader’s language, and never one from elsewhere', () => {
    const system = aSystem([
      { name: 'Cloud', lang: 'en-US', localService: false, default: true },
      { name: 'Anna', lang: 'de-DE', localService: true },
      { name: 'Sam', lang: 'en-GB', localService: true },
    ]);
    const store = createSpeechStore(system.speech, 'en-US');
    store.getState().speak('k', 'Hello there.');
    expect(system.said).toMatchObject([{ text: 'Hello there.', voice: { name: 'Sam' } }]);
    expect(store.getState().line).toBe('k');
    system.said[0]?.onend?.();
    expect(store.getState().line).toBeNull();
  });

  it('is not there without such a voice, and is as soon as one is', () => {
    const system = aSystem([{ name: 'Cloud', lang: 'en-US', localService: false }]);
    const store = createSpeechStore(system.speech, 'en-US');
    expect(store.getState().available).toBe(false);
    store.getState().speak('k', 'Hello');
    expect(system.said).toEqual([]);
    system.voices.push({ name: 'Sam', lang: 'en-GB', localService: true });
    system.changed();
    expect(store.getState().available).toBe(true);
    expect(createSpeechStore(undefined, 'en').getState().available).toBe(false);
  });

  it('stops, and what is read next takes the place of what was read', () => {
    const system = aSystem([{ name: 'Sam', lang: 'en-GB', localService: true }]);
    const store = createSpeechStore(system.speech, 'en');
    store.getState().speak('a', 'One.');
    const first = system.said[0];
    store.getState().speak('b', 'Two.');
    first?.onend?.();
    expect(store.getState().line).toBe('b');
    expect(system.said).toHaveLength(1);
    store.getState().stop();
    expect([store.getState().line, system.said]).toEqual([null, []]);
  });
});

it('cuts a text into whole sentences of bounded length, and leaves nothing out', () => {
  const text = `${'A short one. '.repeat(60)}${'word '.repeat(200)}end. ${'x'.repeat(700)}\n---\n`;
  const pieces = piecesOf(text);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(300);
  expect(pieces.join(' ').replace(/\s|---/g, '')).toBe(text.replace(/\s|---/g, ''));
});
