import { InklingError } from '../../contract/errors.ts';
import type { ByteSource } from './byteSource.ts';

const invalid = (message: string) => new InklingError('model_invalid', message);

/** Checks the first bytes of a model file, and says in plain words what a foreign file looks like. */
export async function checkMagic(source: ByteSource): Promise<void> {
  if (source.size === 0) throw invalid('The file is empty. Download it again.');
  if (source.size < 24) throw invalid(`This is not a GGUF model file: it has only ${source.size} bytes.`);
  const head = await source.peek(24);
  if (head.toString('latin1', 0, 4) !== 'GGUF')
    throw invalid(`This is not a GGUF model file: ${guess(head)}.`);
  checkVersion(head.readUInt32LE(4));
  source.skip(8);
}

function checkVersion(version: number): void {
  // The version number with its bytes turned round: written by a machine of the other byte order.
  if ((version & 0xffff) === 0 && version !== 0)
    throw invalid('This model file is for big-endian machines and cannot be used here.');
  if (version < 2)
    throw invalid(
      `This model file has the old GGUF version ${version}, which is not supported any more. Get a newer one.`,
    );
  if (version > 3)
    throw invalid(
      `This model file has GGUF version ${version}, which is newer than this app knows. Update the app.`,
    );
}

function guess(head: Buffer): string {
  const text = head.toString('latin1').toLowerCase();
  if (text.startsWith('pk\u0003\u0004')) return 'it looks like a ZIP archive or a PyTorch file';
  if (text.trimStart().startsWith('<'))
    return 'it looks like a web page, perhaps saved in place of a download';
  if (text.startsWith('version https://git-lfs'))
    return 'it is only a Git LFS pointer to one; the file itself was not downloaded';
  if (/^(ggjt|tjgg|lmgg|fmgg|ggml)/.test(text))
    return 'it has the older GGML format, which is not supported any more';
  if (head[8] === 0x7b) return 'it looks like a safetensors file, which has to be converted first';
  if (head.every((byte) => byte === 0)) return 'it begins with zeros, as an unfinished download does';
  return 'it begins differently';
}
