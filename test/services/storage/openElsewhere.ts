import { openStorage } from '../../../electron/services/storage/openStorage.ts';

// Another Inkling for the tests: takes the folder named on the command line, says how that went, and stays.
try {
  openStorage({ dataDir: String(process.argv[2]) });
  console.log('open');
  setInterval(() => {}, 1000);
} catch (error) {
  console.log((error as { code: string }).code);
}
