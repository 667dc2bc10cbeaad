import type { Fit, ModelFile } from '../../contract/hub.ts';

const label =
  /(?<![A-Z0-9])(?:UD-)?(?:BF16|F16|F32|TQ[12]_0|MXFP4(?:_MOE)?|NVFP4|I?Q\d(?:_(?:K|NL|XXS|XS|S|M|L|XL|[01]))+)(?![A-Z0-9])/g;

/** From the best balance of size and quality to what is only better than nothing. */
const preference = [
  'Q4_K_M',
  'UD-Q4_K_XL',
  'MXFP4',
  'MXFP4_MOE',
  'Q4_K_XL',
  'Q4_K_L',
  'Q4_K_S',
  'IQ4_XS',
  'IQ4_NL',
  'Q4_0',
  'Q4_1',
  'Q5_K_M',
  'UD-Q5_K_XL',
  'Q5_K_S',
  'Q5_0',
  'Q6_K',
  'UD-Q6_K_XL',
  'Q8_0',
  'UD-Q8_K_XL',
  'Q3_K_L',
  'UD-Q3_K_XL',
  'Q3_K_M',
  'IQ3_M',
  'Q3_K_S',
  'IQ3_XS',
  'IQ3_XXS',
  'Q2_K',
  'UD-Q2_K_XL',
  'IQ2_M',
];
/** As exact as the original and twice as large as needed: for people who choose it themselves. */
const original = /^(BF16|F16|F32)$/;

/** The quantization that a file name tells, in capitals; null if it does not. */
export function quantizationOf(file: string): string | null {
  const name = file.split('/').at(-1) ?? '';
  return name.toUpperCase().match(label)?.at(-1) ?? null;
}

type Choice = Pick<ModelFile, 'file' | 'quantization' | 'size'> & { readonly fit: Pick<Fit, 'word'> };

/**
 * The file to take on this machine and why; null if there is none. `usual` is the one the catalogue would take.
 */
export function recommend(
  files: readonly Choice[],
  usual: string | null = null,
): { file: string; reason: string } | null {
  const ranked = [...files].sort((a, b) => rank(a, usual) - rank(b, usual) || (a.size ?? 0) - (b.size ?? 0));
  const [first] = ranked;
  if (!first) return null;
  const withWord = (word: Fit['word']) => ranked.find(({ fit }) => fit.word === word);
  const well = withWord('well');
  if (well) return { file: well.file, reason: reasonFor(well, first) };
  const unknown = withWord('unknown');
  if (unknown)
    return {
      file: unknown.file,
      reason: `${nameOf(unknown)} is the usual balance of quality and size; whether it fits is not known.`,
    };
  const tight = ranked
    .filter(({ fit }) => fit.word === 'tight')
    .sort((a, b) => (a.size ?? 0) - (b.size ?? 0))[0];
  if (tight)
    return {
      file: tight.file,
      reason: `${nameOf(tight)} is the smallest one that fits; close other programs before you load it.`,
    };
  return { file: first.file, reason: 'None of its files fits into the memory of this machine.' };
}

function reasonFor(chosen: Choice, first: Choice): string {
  if (chosen === first)
    return original.test(chosen.quantization ?? '')
      ? `${nameOf(chosen)} is the only choice, and it runs well here.`
      : `${nameOf(chosen)} is the usual balance of quality and size, and it runs well here.`;
  return (chosen.size ?? 0) < (first.size ?? 0)
    ? `${nameOf(chosen)} is smaller than the usual ${nameOf(first)}, so that it runs well here.`
    : `${nameOf(chosen)} runs well here.`;
}

function rank({ file, quantization }: Choice, usual: string | null): number {
  if (file === usual) return -1;
  const place = preference.indexOf(quantization ?? '');
  if (place >= 0) return place;
  return preference.length + (original.test(quantization ?? '') ? 2 : 1);
}

const nameOf = ({ file, quantization }: Choice) => quantization ?? file;
