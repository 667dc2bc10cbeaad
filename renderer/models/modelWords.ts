import type { CatalogModel, Fit, FoundModel, ModelDetails, ModelFile } from '../../electron/contract/hub.ts';
import { formatCount, formatDay, formatParameters, formatSize, plural } from '../ui/format.ts';

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** What the badge says about a fit, and its tone. */
export const fitWords: Readonly<Record<Fit['word'], { readonly text: string; readonly tone: string }>> = {
  well: { text: 'Runs well here', tone: 'ok' },
  tight: { text: 'Tight', tone: 'warn' },
  no: { text: 'Will not fit', tone: 'bad' },
  unknown: { text: 'Fit unknown', tone: 'none' },
};

/** A window in tokens as people write it: 32768 -> "32k", 128000 -> "128k", 1048576 -> "1M". */
export function formatContext(tokens: number): string {
  if (tokens < 1000) return formatCount(tokens);
  const step = tokens % 1000 === 0 ? 1000 : 1024;
  return tokens >= step * step ? `${Math.round(tokens / step ** 2)}M` : `${Math.round(tokens / step)}k`;
}

/** "apache-2.0" -> "Apache 2.0"; a licence that is not known stays as the hub writes it. */
export function licenseName(id: string): string {
  const known: Readonly<Record<string, string>> = {
    'apache-2.0': 'Apache 2.0',
    mit: 'MIT',
    gemma: 'Gemma terms',
    other: 'own licence',
  };
  return known[id] ?? id.replace(/^llama(\d)/, 'Llama $1').replace(/-/g, ' ');
}

/** The grey words beside the name of a model in the catalogue. */
export function catalogFacts(model: CatalogModel): string {
  return [
    model.license ? shortLicense(model.license) : 'licence unknown',
    model.contextLength !== null && `${formatContext(model.contextLength)} context`,
    model.thinks && 'thinks',
  ]
    .filter(Boolean)
    .join(' · ');
}

function shortLicense(license: NonNullable<CatalogModel['license']>): string {
  const short = licenseName(license.id);
  return short === license.id ? license.name : short;
}

/** The grey words under the name of a search result. */
export function foundFacts(model: FoundModel): string {
  return [
    model.downloads !== null && `${compact.format(model.downloads)} downloads`,
    model.likes !== null && `${compact.format(model.likes)} ${model.likes === 1 ? 'like' : 'likes'}`,
    model.license !== null && licenseName(model.license),
    model.updatedAt !== null && `changed ${formatDay(model.updatedAt)}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What is known of a model once it was asked about. */
export function detailFacts(model: ModelDetails): string {
  return [
    model.parameters !== null && `${formatParameters(model.parameters)} parameters`,
    model.contextLength !== null && `${formatContext(model.contextLength)} context`,
    model.architecture,
    model.license === null ? 'no licence given' : licenseName(model.license),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Quantization, size and parts of one choice. */
export function fileFacts({ quantization, size, parts }: ModelFile): string {
  return [quantization, size === null ? 'size unknown' : formatSize(size), parts > 1 && plural(parts, 'part')]
    .filter(Boolean)
    .join(' · ');
}

/** The file a card offers: the recommended one, else the first that may fit, else the first. */
export function offeredFile(
  files: readonly ModelFile[],
  recommended: { readonly file: string } | null,
): ModelFile | null {
  return (
    files.find(({ file }) => file === recommended?.file) ??
    files.find(({ fit }) => fit.word !== 'no') ??
    files[0] ??
    null
  );
}

/** A few words as a sentence: with a capital and an end. */
export function sentenceOf(words: string): string {
  const text = words.trim();
  if (text === '') return '';
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');
}
