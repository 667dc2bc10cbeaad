import { z } from 'zod';
import { nothing } from './common.ts';
import { method } from './define.ts';

/** What runs here, for the settings screen and bug reports. */
export const appInfo = z.object({
  version: z.string(),
  platform: z.string(),
  node: z.string(),
  sqlite: z.string(),
  schema: z.int(),
  dataDir: z.string(),
  modelsDir: z.string(),
});
export type AppInfo = z.infer<typeof appInfo>;

export const app = {
  info: method(nothing, appInfo),
};
