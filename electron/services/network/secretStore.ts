/** Hides a secret as well as this machine can; the host around the app brings one. */
export interface SecretStore {
  /** What hides it now: the system's own store, or nothing but the rights of the file it lies in. */
  keptBy(): 'system' | 'file';
  /** Makes bytes of a secret that nobody else can read, as far as {@link SecretStore.keptBy} goes. */
  seal(secret: string): Buffer;
  /** Reads what {@link SecretStore.seal} made. Throws if this account or system cannot. */
  open(sealed: Buffer): string;
}

/** Where there is no secret store: the file's rights (0600) are all that guards it. */
export const plainSecrets: SecretStore = {
  keptBy: () => 'file',
  seal: (secret) => Buffer.from(secret, 'utf8'),
  open: (sealed) => sealed.toString('utf8'),
};
