import { Worker } from 'node:worker_threads';

/** Memory of the whole process, in bytes; Node's own limit counts its heap alone, and unpacked data lies beside it. */
const most = 1_200_000_000;

/** Ends this process when it takes more memory than any file needs, also while its main thread is busy unpacking. */
export function guardMemory(): void {
  const watch = `
    setInterval(() => {
      if (process.memoryUsage.rss() > ${most}) process.kill(process.pid, 'SIGKILL');
    }, 100);`;
  new Worker(watch, { eval: true, execArgv: [] }).unref();
}
