/**
 * Gives back at once the memory of bytes that nobody will read again, if they have it for themselves. Left to the
 * garbage collector, buffers of 64 KB make it go through the whole heap for every 64 MB that pass by.
 */
export function freeBytes(bytes: Uint8Array): void {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && !buffer.detached && bytes.byteLength === buffer.byteLength)
    buffer.transfer(0);
}
