import type { AttachmentKind } from '../contract/attachments.ts';

const code = new Set(
  `asm bash bat c cc cfg clj cljs cmake cpp cs css cxx d dart diff dockerfile el ex exs f90 fs go gradle graphql groovy
   h hcl hpp hs htm html ini ipynb java jl js json json5 jsonc jsonl jsx kt kts less lisp lua m make makefile mjs mk ml
   nim nix patch php pl pm proto ps1 py pyi r rb rs sass scala scm scss sh sql svelte svg swift tcl tex tf toml ts tsx
   v vb vim vue xhtml xml yaml yml zig zsh`
    .trim()
    .split(/\s+/),
);

/** What kind of text a file holds, by the ending of its name. */
export function textKind(name: string): Extract<AttachmentKind, 'text' | 'markdown' | 'code' | 'csv'> {
  const ending = name.toLowerCase().split('.').at(-1) ?? '';
  if (/^(md|markdown|mdx|mkd)$/.test(ending)) return 'markdown';
  if (/^(csv|tsv)$/.test(ending)) return 'csv';
  return code.has(ending) ? 'code' : 'text';
}
