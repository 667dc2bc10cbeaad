import { createStore } from 'zustand/vanilla';

/** What is read aloud in this window. */
export interface SpeechStore {
  /** There is a voice on this computer. */
  readonly available: boolean;
  /** The key of the line that is being read; null while nothing is. */
  readonly line: string | null;
  /** Reads a text from its beginning, in place of what was read before. */
  speak(line: string, text: string): void;
  stop(): void;
}

/** What is used of the browser's speech; a part of it that tests can stand in for. */
export type Speech = Pick<SpeechSynthesis, 'getVoices' | 'speak' | 'cancel' | 'addEventListener'>;

/** Characters said in one go: engines fall silent in the middle of long ones. */
const longest = 300;
const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** Makes the store over the system's voices. Voices that are computed elsewhere are never used: what is read stays here. */
export function createSpeechStore(speech: Speech | undefined, language: string) {
  const voices = () => speech?.getVoices().filter(({ localService }) => localService) ?? [];
  const pickVoice = () => {
    const all = voices();
    const own = all.filter((voice) => voice.lang.split(/[-_]/)[0] === language.split('-')[0]);
    return own.find((voice) => voice.default) ?? own[0] ?? all.find((voice) => voice.default) ?? all[0];
  };
  const store = createStore<SpeechStore>((setState, getState) => ({
    available: voices().length > 0,
    line: null,
    speak(line, text) {
      const voice = pickVoice();
      if (!speech || !voice) return;
      speech.cancel();
      setState({ line });
      const pieces = piecesOf(text);
      pieces.forEach((piece, index) => {
        const words = new SpeechSynthesisUtterance(piece);
        words.voice = voice;
        words.lang = voice.lang;
        const ended = () => getState().line === line && setState({ line: null });
        if (index === pieces.length - 1) words.onend = ended;
        words.onerror = ended;
        speech.speak(words);
      });
      if (pieces.length === 0) setState({ line: null });
    },
    stop() {
      // First, so that what its end tells is old news.
      setState({ line: null });
      speech?.cancel();
    },
  }));
  speech?.addEventListener('voiceschanged', () => store.setState({ available: voices().length > 0 }));
  return store;
}

/** Whole sentences, several short ones together; a very long one is cut at a space. */
export function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let open = '';
  for (const { segment } of sentences.segment(text)) {
    for (const part of segment.match(new RegExp(`.{1,${longest}}(?:\\s|$)|.{1,${longest}}`, 'gs')) ?? []) {
      if (open.length + part.length > longest) {
        pieces.push(open);
        open = '';
      }
      open += part;
    }
  }
  return [...pieces, open].map((piece) => piece.trim()).filter((piece) => /[\p{L}\p{N}]/u.test(piece));
}
