/** Electron's program: from ELECTRON_OVERRIDE_DIST_PATH, else from node_modules; undefined if it was never fetched. */
export function electronBinary(): string | undefined;
