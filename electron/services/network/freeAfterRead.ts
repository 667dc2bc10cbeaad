import type { Duplex } from 'node:stream';
import { freeBytes } from '../../base/freeBytes.ts';

/**
 * Makes a connection give the memory of what it read back as soon as all listeners have seen it. For listeners that
 * keep none of it, as Node's HTTP client, which copies what it passes on.
 */
export function freeAfterRead<Connection extends Duplex>(connection: Connection): Connection {
  const push = connection.push.bind(connection);
  connection.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    const more = push(chunk, encoding);
    // What could not be passed on at once is waiting to be read.
    if (chunk && connection.readableLength === 0) freeBytes(chunk);
    return more;
  };
  return connection;
}
