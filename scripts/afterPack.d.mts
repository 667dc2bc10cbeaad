import type { FuseV1Options } from '@electron/fuses';

interface Context {
  readonly electronPlatformName: string;
  readonly appOutDir: string;
  readonly packager: {
    readonly appInfo: { readonly productFilename: string };
    readonly executableName: string;
  };
}
export const fuses: Readonly<Record<FuseV1Options, boolean>>;
export function programOf(context: Context): string;
export function afterPack(context: Context): Promise<void>;
