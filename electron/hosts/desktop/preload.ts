import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { channel } from './channel.ts';

const page = crypto.randomUUID();
let receive: ((frame: unknown) => void) | undefined;

ipcRenderer.on(channel, (_event, to: unknown, frame: unknown) => {
  if (to === page) receive?.(frame);
});

// Everything the page can reach of us: frames in, frames out, and the path of a file that the person dropped on it.
contextBridge.exposeInMainWorld('inkling', {
  post(frame: unknown) {
    ipcRenderer.send(channel, page, frame);
  },
  onFrame(callback: (frame: unknown) => void) {
    receive = callback;
  },
  pathOf: (file: File) => webUtils.getPathForFile(file),
});
