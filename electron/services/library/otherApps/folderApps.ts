import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import type { OtherApp } from '../../../contract/library.ts';
import { type AppFinds, isFolder, isModelName, listFiles, lookAt, toCandidates } from './candidate.ts';
import { type AppWorld, dataFolders, oldLlamaCppCache } from './places.ts';
import { readSmall, readSmallJson } from './readSmall.ts';

/** LM Studio: publisher/repository/file below its models folder, which its settings may move. */
export async function findLmStudio(world: AppWorld): Promise<AppFinds> {
  const home = await lmStudioHome(world);
  const settings = z
    .object({ downloadsFolder: z.string().min(1) })
    .safeParse(await readSmallJson(join(home, 'settings.json')));
  const moved = settings.data?.downloadsFolder;
  return inFolder('lmStudio', moved && isAbsolute(moved) ? moved : join(home, 'models'), 4);
}

async function lmStudioHome({ home }: AppWorld): Promise<string> {
  const pointer = (await readSmall(join(home, '.lmstudio-home-pointer')))?.trim();
  if (pointer && isAbsolute(pointer)) return pointer;
  const old = join(home, '.cache/lm-studio');
  return (await isFolder(old)) ? old : join(home, '.lmstudio');
}

/** GPT4All: flat files. */
export const findGpt4all = (world: AppWorld): Promise<AppFinds> =>
  inFolder('gpt4all', join(dataFolders(world).local, 'nomic.ai/GPT4All'), 0);

/** llama.cpp as it was before it took the cache of the Hugging Face tools: flat files. */
export const findOldLlamaCpp = (world: AppWorld): Promise<AppFinds> =>
  inFolder('llamaCpp', world.env['LLAMA_CACHE'] || oldLlamaCppCache(world), 0);

async function inFolder(app: OtherApp, folder: string, depth: number): Promise<AppFinds> {
  if (!(await isFolder(folder))) return { places: [], candidates: [] };
  const paths = await listFiles(folder, depth, isModelName);
  const files = (await Promise.all(paths.map(lookAt))).filter((file) => file !== null);
  return { places: [folder], candidates: await toCandidates(app, files) };
}
