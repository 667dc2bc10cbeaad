import { homedir } from 'node:os';
import { join } from 'node:path';

/** The account whose apps are looked at. */
export interface AppWorld {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  /** Where services of the whole machine keep things on Linux. */
  readonly shared: string;
}

/** The account that runs Inkling. */
export const thisWorld = (): AppWorld => ({
  platform: process.platform,
  home: homedir(),
  env: process.env,
  shared: '/usr/share',
});

/** Where programs keep their data for this account: local (of this machine alone) or roaming. */
export function dataFolders({ platform, home, env }: AppWorld): { local: string; roaming: string } {
  if (platform === 'win32') {
    return {
      local: env['LOCALAPPDATA'] || join(home, 'AppData/Local'),
      roaming: env['APPDATA'] || join(home, 'AppData/Roaming'),
    };
  }
  const data =
    platform === 'darwin'
      ? join(home, 'Library/Application Support')
      : env['XDG_DATA_HOME'] || join(home, '.local/share');
  return { local: data, roaming: data };
}

/** Where llama.cpp kept its downloads before it shared the cache of the Hugging Face tools. */
export function oldLlamaCppCache({ platform, home, env }: AppWorld): string {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] || join(home, 'AppData/Local'), 'llama.cpp');
  if (platform === 'darwin') return join(home, 'Library/Caches/llama.cpp');
  return join(env['XDG_CACHE_HOME'] || join(home, '.cache'), 'llama.cpp');
}

/** The cache of the Hugging Face tools: the first place that is named. */
export function huggingFaceCache({ home, env }: AppWorld): string {
  const hubCache = env['HF_HUB_CACHE'] || env['HUGGINGFACE_HUB_CACHE'];
  if (hubCache) return hubCache;
  if (env['HF_HOME']) return join(env['HF_HOME'], 'hub');
  return join(env['XDG_CACHE_HOME'] || join(home, '.cache'), 'huggingface/hub');
}

/** Where Ollama may keep its models: the named place, or the account's and that of the service on Linux. */
export function ollamaFolders({ platform, home, env, shared }: AppWorld): readonly string[] {
  if (env['OLLAMA_MODELS']) return [env['OLLAMA_MODELS']];
  const own = join(home, '.ollama/models');
  return platform === 'linux' ? [own, join(shared, 'ollama/.ollama/models')] : [own];
}
