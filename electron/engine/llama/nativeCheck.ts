import { registerHooks } from 'node:module';

const replaced = '/node-llama-cpp/dist/bindings/utils/testBindingBinary.js';
const source = 'export const testBindingBinary = async () => true;';

/**
 * The library tries each native binary in a process of its own before it loads it. From inside Electron's utility
 * process it cannot start one: `utilityProcess` exists only in main, and what it falls back to would start the whole app
 * again. This process is such a disposable one itself, so in Electron the try is left out. Call before the library loads.
 */
export function leaveOutNativeCheck(): void {
  if (!process.versions['electron']) return;
  registerHooks({
    load: (url, context, next) =>
      url.endsWith(replaced) ? { format: 'module', source, shortCircuit: true } : next(url, context),
  });
}
