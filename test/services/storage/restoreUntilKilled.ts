// Restores a backup and kills itself after so many renames: node restoreUntilKilled.ts FOLDER BACKUP RENAMES
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [dataDir = '', backup = '', renames = '1'] = process.argv.slice(2);
const { openStorage } = await import('../../../electron/services/storage/openStorage.ts');
const storage = openStorage({ dataDir });
const rename = fs.renameSync;
let left = Number(renames);
fs.renameSync = (from, to) => {
  rename(from, to);
  if (--left === 0) process.kill(process.pid, 'SIGKILL');
};
syncBuiltinESMExports();
const { signal } = new AbortController();
await storage.api.restore({ id: backup }, { signal });
process.exit(0);
