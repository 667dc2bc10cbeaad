import { note } from './record.ts';

/** The system's secret store as tests want it; `key` is the account that sealed. */
export const secretStore = { available: true, backend: 'gnome_libsecret', key: 7 };

/** Hides words well enough that a file which holds them shows none. */
export const safeStorage = {
  isEncryptionAvailable: () => secretStore.available,
  getSelectedStorageBackend: () => secretStore.backend,
  encryptString(text: string) {
    note('safeStorage.encryptString');
    return Buffer.from([secretStore.key, ...[...Buffer.from(text)].map((byte) => byte ^ 0x5a)]);
  },
  decryptString(sealed: Buffer) {
    note('safeStorage.decryptString');
    if (sealed[0] !== secretStore.key) throw new Error('Error while decrypting the ciphertext');
    return Buffer.from([...sealed.subarray(1)].map((byte) => byte ^ 0x5a)).toString();
  },
};

/** Puts the store back to the start. */
export function resetSecrets(): void {
  Object.assign(secretStore, { available: true, backend: 'gnome_libsecret', key: 7 });
}
