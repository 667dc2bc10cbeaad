/** Hashes files and folders (by path from the repository's folder, and content); what does not exist counts as absent, not as an error. */
export function hashOf(paths: readonly string[]): string;
/** All files below a folder, sorted; a file is its own list. */
export function filesIn(path: string): string[];
/** Reads a JSON note; `{}` where there is none or it cannot be read. */
export function readNote(file: string): Record<string, unknown>;
/** Writes a JSON note so that a reader sees the old or the new one, never half. */
export function writeNote(file: string, value: unknown): void;
