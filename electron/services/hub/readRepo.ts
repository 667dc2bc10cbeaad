import { z } from 'zod';
import { repoName } from '../../contract/downloads.ts';
import type { FoundModel, gate } from '../../contract/hub.ts';

const text = z.string().max(300);
const count = z.number().nonnegative();

/** What the hub says about a repository; a field that makes no sense is as good as missing. */
const repoSchema = z.object({
  id: repoName,
  sha: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .nullish()
    .catch(null),
  gated: z
    .union([z.boolean(), z.enum(['auto', 'manual'])])
    .nullish()
    .catch(null),
  downloads: count.nullish().catch(null),
  likes: count.nullish().catch(null),
  lastModified: text.nullish().catch(null),
  pipeline_tag: text.nullish().catch(null),
  tags: z.array(z.unknown()).catch([]).default([]),
  cardData: z
    .object({
      license: z
        .union([text, z.array(text)])
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
  gguf: z
    .object({
      architecture: text.nullish().catch(null),
      total: count.nullish().catch(null),
      context_length: count.nullish().catch(null),
    })
    .nullish()
    .catch(null),
});
export type HubRepo = z.infer<typeof repoSchema>;

/** Reads one repository of an answer; null if it is none. */
export function readRepo(value: unknown): HubRepo | null {
  return repoSchema.safeParse(value).data ?? null;
}

/** The row that people see of a repository. */
export function toFoundModel(repo: HubRepo): FoundModel {
  const [author = '', name = ''] = repo.id.split('/');
  const updatedAt = Date.parse(repo.lastModified ?? '');
  return {
    repo: repo.id,
    author,
    name,
    downloads: repo.downloads ?? null,
    likes: repo.likes ?? null,
    updatedAt: Number.isFinite(updatedAt) ? updatedAt : null,
    gate: gateOf(repo.gated),
    license: licenseOf(repo),
    task: repo.pipeline_tag ?? null,
  };
}

function gateOf(gated: HubRepo['gated']): z.infer<typeof gate> {
  if (gated === false) return 'open';
  if (gated === 'auto' || gated === 'manual') return gated;
  return gated === true ? 'manual' : 'unknown';
}

function licenseOf({ cardData, tags }: HubRepo): string | null {
  const said = cardData?.license;
  const first = Array.isArray(said) ? said[0] : said;
  if (first) return first;
  const tag = tags.find((one): one is string => typeof one === 'string' && one.startsWith('license:'));
  return tag?.slice('license:'.length, 100) ?? null;
}
