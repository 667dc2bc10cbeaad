import { markdown, markdownLanguage } from '@codemirror/lang-markdown';
import { ensureSyntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { headingsOf } from '../../../../renderer/notes/editor/headings.ts';
import { linkAt } from '../../../../renderer/notes/editor/linkAt.ts';
import { wikiMarkdown } from '../../../../renderer/notes/editor/wikiMarkdown.ts';

function open(doc: string): EditorState {
  const state = EditorState.create({
    doc,
    extensions: markdown({ base: markdownLanguage, extensions: wikiMarkdown }),
  });
  ensureSyntaxTree(state, doc.length, 5000);
  return state;
}

function found(doc: string, name: string): readonly string[] {
  const state = open(doc);
  const all: string[] = [];
  ensureSyntaxTree(state, doc.length, 5000)?.iterate({
    enter: (node) => {
      if (node.name === name) all.push(state.sliceDoc(node.from, node.to));
    },
  });
  return all;
}

describe('what notes have beyond Markdown', () => {
  it('is links between notes, outside of code', () => {
    expect(found('A [[b]] and [[c|d]], not `[[e]]`, [[]] or [[f\ng]].\n\n    [[h]]', 'WikiLink')).toEqual([
      '[[b]]',
      '[[c|d]]',
    ]);
  });

  it('is tags, which are neither headings nor numbers nor parts of words', () => {
    expect(found('#cabin and #winter/2026, not #1, a#b, `#c` or C#.\n# heading #ünder', 'HashTag')).toEqual([
      '#cabin',
      '#winter/2026',
      '#ünder',
    ]);
  });

  it('is front matter, at the beginning alone', () => {
    const front = '---\ntitle: Power\ntags:\n  - cabin\n---';
    expect(found(`${front}\n# Power\n\n---\nother: y\n---\n`, 'FrontMatter')).toEqual([front]);
    expect(found('---\nJust a rule, then words.\n', 'FrontMatter')).toEqual(['---']);
  });
});

describe('the link at a place', () => {
  const at = (doc: string) => {
    const place = doc.indexOf('|');
    return linkAt(open(doc.replace('|', '')), place);
  };

  it('is the note that is named', () => {
    expect(at('a [[Loa|ds#January]] b')).toMatchObject({ kind: 'note', target: 'Loads' });
    expect(at('a [the |plan](../My%20plan.md) b')).toMatchObject({ kind: 'note', target: '../My plan.md' });
  });

  it('is the address that is written', () => {
    expect(at('a [page|](https://example.org/x) b')).toMatchObject({
      kind: 'address',
      url: 'https://example.org/x',
    });
    expect(at('see https://exa|mple.org')).toMatchObject({ kind: 'address', url: 'https://example.org' });
    expect(at('<mailto:a@b|.example>')).toMatchObject({ kind: 'address', url: 'mailto:a@b.example' });
  });

  it('is none for scripts, files and other schemes, and none outside of links', () => {
    expect(at('[x|](javascript:alert(1))')).toBeNull();
    expect(at('[x|](file:///etc/passwd)')).toBeNull();
    expect(at('[x|](//example.org/a.md)')).toBeNull();
    expect(at('[x|](picture.png)')).toBeNull();
    expect(at('just wo|rds')).toBeNull();
  });
});

it('finds headings where they stand, and none in code', () => {
  const doc = '# One\ntext\n```\n# code\n```\n## Two ##\n#no\n####### no\n';
  const headings = headingsOf(EditorState.create({ doc }).doc);
  expect(headings.map(({ level, text }) => [level, text])).toEqual([
    [1, 'One'],
    [2, 'Two'],
  ]);
  expect(doc.slice(headings[1]?.from)).toMatch(/^## Two/);
});
