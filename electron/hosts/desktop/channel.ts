/**
 * The one IPC channel between the window and the app. Each message is `[page, frame]`: `page` is a random id that the
 * preload makes anew at every load, so that the frames of a page and of the one that replaced it never mix.
 */
export const channel = 'inkling';
