// The stand-in for the `electron` module. It behaves where behaviour matters (clones through IPC, events that can be
// refused, real helper processes, before and after `ready`) and writes down what it was asked.
export { app } from './app.ts';
export { BrowserWindow } from './browserWindow.ts';
export { dialog, Menu, nativeTheme, screen, shell } from './desktop.ts';
export { safeStorage } from './safeStorage.ts';
export { protocol, session } from './session.ts';
export { utilityProcess } from './utilityProcess.ts';
