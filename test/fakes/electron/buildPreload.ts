import { join } from 'node:path';
import { build } from 'esbuild';

const source = join(import.meta.dirname, '../../../electron/hosts/desktop/preload.ts');

/** Bundles the preload as the build does and returns the path of the file it wrote into `folder`. */
export async function buildPreload(folder: string): Promise<string> {
  const outfile = join(folder, 'preload.cjs');
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    external: ['electron'],
    logLevel: 'silent',
  });
  return outfile;
}
