import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** One source file: its path from the repository's folder (with `/`), and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** One import in a source; `target` is a path in the repository, a package's name, or `node:x`. */
export interface Import {
  readonly line: number;
  readonly target: string;
  readonly internal: boolean;
}

/** All sources of ours below these folders. */
export function readSources(...folders: readonly string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mts|mjs|cjs|js|css)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => ({
        path: file.slice(root.length + 1).replaceAll('\\', '/'),
        text: readFileSync(file, 'utf8'),
      })),
  );
}

// A word in a comment that looks like an import is taken for one: better a strict reader than a clever one.
const importForms = [
  /\bfrom\s*(['"])([^'"`\n]+)\1/g,
  /\bimport\s*(['"])([^'"`\n]+)\1/g,
  /\b(?:import|require)\s*\(\s*(['"`])([^'"`\n]+)\1/g,
];

/** Finds what a source imports: static, dynamic, for its effect, by `require`, and as a re-export. */
export function importsOf({ path, text }: Source): Import[] {
  return importForms
    .flatMap((form) => [...text.matchAll(form)])
    .map((match) => {
      const specifier = match[2] ?? '';
      const internal = specifier.startsWith('.');
      const target = internal ? posix.join(dirname(path), specifier) : packageOf(specifier);
      return { line: lineAt(text, match.index), target, internal };
    });
}

/** Finds the lines that a pattern matches, comments left out. */
export function linesWith({ text }: Source, pattern: RegExp): number[] {
  return text.split('\n').flatMap((line, index) => (pattern.test(withoutComment(line)) ? [index + 1] : []));
}

const withoutComment = (line: string) => line.replace(/^\s*(\/\/|\/?\*).*$/, '').replace(/\s\/\/ .*$/, '');
const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length;

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  if (builtinModules.includes(specifier)) return `node:${specifier}`;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
