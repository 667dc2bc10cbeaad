import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import {
  joinEnds,
  lineEnds,
  setLineEnds,
  splitEnds,
  toEditor,
} from '../../../../renderer/notes/session/lineEnds.ts';

const open = (text: string) => {
  const { text: doc, ends } = splitEnds(text);
  return EditorState.create({ doc, extensions: lineEnds.init(() => ends) });
};
const textOf = (state: EditorState) => joinEnds(state.doc, state.field(lineEnds));

describe('line ends', () => {
  it.each([
    ['', 'nothing'],
    ['one', 'one line'],
    ['a\nb\n', 'line feeds'],
    ['a\r\nb\r\n', 'both'],
    ['a\rb\r', 'returns alone'],
    ['a\r\nb\nc\r\n\r\n\nd\re', 'a mixture'],
    ['\r\n', 'only one end'],
    ['\n\r', 'two ends of different kinds'],
    ['a\r\r\nb', 'a return before both'],
  ])('of %j come back as they were (%s)', (text) => {
    expect(textOf(open(text))).toBe(text);
  });

  it('come back for any mixture', () => {
    let seed = 7;
    const next = (below: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    for (let round = 0; round < 300; round++) {
      const pieces = ['\n', '\r\n', '\r', 'x', 'ü', '😀', ' '];
      const text = Array.from({ length: next(60) }, () => pieces[next(pieces.length)]).join('');
      expect(textOf(open(text))).toBe(text);
    }
  });

  it('stay with their lines while others are edited', () => {
    const before = open('one\r\ntwo\nthree\r\nfour\r\n');
    const after = before.update({
      changes: [
        { from: 0, insert: 'new\n' },
        { from: 7, to: 8, insert: '-\n-' },
        { from: before.doc.length, insert: 'last' },
      ],
    }).state;
    expect(textOf(after)).toBe('new\r\none\r\ntwo-\r\n-three\r\nfour\r\nlast');
    const untouched = before.update({ changes: { from: 3, insert: '!' } }).state;
    expect(textOf(untouched)).toBe('one!\r\ntwo\nthree\r\nfour\r\n');
    const beside = before.update({
      changes: [
        { from: 7, insert: 'a' },
        { from: 8, insert: 'b' },
      ],
    }).state;
    expect(textOf(beside)).toBe('one\r\ntwoa\nbthree\r\nfour\r\n');
  });

  it('are replaced when the file was read again', () => {
    const before = open('a\nb\n');
    const { text, ends } = splitEnds('a\r\nc\r\n');
    const after = before.update({
      changes: { from: 0, to: before.doc.length, insert: text },
      effects: setLineEnds.of(ends),
    }).state;
    expect(textOf(after)).toBe('a\r\nc\r\n');
  });

  it('count as one in the editor, whatever they are', () => {
    const text = 'a\r\nb\nc\rd';
    const doc = open(text).doc.toString();
    for (const letter of 'abcd') expect(doc[toEditor(text, text.indexOf(letter))]).toBe(letter);
  });
});
