import { safeStorage } from 'electron';
import type { SecretStore } from '../../services/network/secretStore.ts';

/** The first byte of what is sealed says how. */
const bySystem = 0x73;
const plain = 0x70;

/**
 * Hides secrets by the system's own store: Keychain, DPAPI, or the keyring of the Linux desktop. Where there is none,
 * the rights of the file guard them. Nothing asks the system before a secret is used. After `ready`.
 */
export function createSecrets(): SecretStore {
  return {
    keptBy: () => (hasStore() ? 'system' : 'file'),
    seal(secret) {
      return hasStore()
        ? Buffer.concat([Buffer.of(bySystem), safeStorage.encryptString(secret)])
        : Buffer.concat([Buffer.of(plain), Buffer.from(secret, 'utf8')]);
    },
    open(sealed) {
      const content = sealed.subarray(1);
      if (sealed[0] === bySystem) return safeStorage.decryptString(content);
      if (sealed[0] === plain) return content.toString('utf8');
      throw new Error('sealed in a way this version does not know');
    },
  };
}

function hasStore(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  // Without a keyring Chromium hides words with a password that is the same everywhere, which hides nothing.
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
}
