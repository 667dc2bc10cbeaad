import { describe, expect, it } from 'vitest';
import { readArgs } from '../../../electron/hosts/desktop/args.ts';

describe("the desktop's command line", () => {
  it.each([
    [['inkling', '--data-dir', '/d'], { dataDir: '/d', engine: undefined }],
    [['inkling', '--data-dir=/d', '--engine=e.mjs'], { dataDir: '/d', engine: '/here/e.mjs' }],
    [['electron', '--no-sandbox', '/app', '--data-dir', 'd'], { dataDir: '/here/d', engine: undefined }],
    [['inkling', '--ozone-platform=x11', '-psn_0_1'], { dataDir: undefined, engine: undefined }],
    [['inkling', '--data-dir', ''], { dataDir: undefined, engine: undefined }],
    [['inkling'], { dataDir: undefined, engine: undefined }],
  ])('%j', (argv, options) => {
    expect(readArgs(argv, '/here')).toEqual(options);
  });
});
