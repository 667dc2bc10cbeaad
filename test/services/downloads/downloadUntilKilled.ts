import { join } from 'node:path';
import { createDownloads } from '../../../electron/services/downloads/createDownloads.ts';
import { createNetwork } from '../../../electron/services/network/createNetwork.ts';
import type { Db } from '../../../electron/services/storage/db.ts';
import { openStorage } from '../../../electron/services/storage/openStorage.ts';

// An Inkling for the tests to kill: downloads a file into the folder named on the command line. With a text as the last
// argument it kills itself right after it kept a download whose row holds that text, before anything else happens.
const [dataDir = '', hubUrl = '', repo = '', file = '', dieAt = ''] = process.argv.slice(2);
const storage = openStorage({ dataDir });

const deadly = (db: Db): Db => {
  let last = '';
  return {
    ...db,
    run(sql, ...values) {
      last = values.join(' ');
      return db.run(sql, ...values);
    },
    transaction(work) {
      const result = db.transaction(work);
      if (dieAt && last.includes(dieAt)) process.kill(process.pid, 'SIGKILL');
      return result;
    },
  };
};
let wrapped: Db | undefined;
const connection = () => {
  wrapped ??= deadly(storage.connection());
  return wrapped;
};

const { api } = createDownloads({
  storage: { ...storage, connection },
  network: createNetwork({ hubUrl }),
  modelsDir: join(dataDir, 'models'),
  log: console.error,
});
const signal = new AbortController().signal;
const { id } = await api.start({ repo, file }, { signal });
for await (const { downloads } of api.watch(undefined, { signal })) {
  const mine = downloads.find((one) => one.id === id);
  console.log(`${mine?.state} ${mine?.received}`);
}
