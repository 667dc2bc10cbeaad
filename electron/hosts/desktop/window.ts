import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { pageUrl } from './address.ts';
import { placeWindow, readWindowState, smallest, writeWindowState } from './windowState.ts';

/** The page's own paper, so that no flash of another colour comes before it. */
const paper = { light: '#faf8f4', dark: '#13151b' };
const settleMs = 400;

/** Opens the window where it was, and shows it once its first picture is ready. `stateFile` remembers its place. */
export function openWindow(options: { readonly preload: string; readonly stateFile: string }): BrowserWindow {
  const remembered = readWindowState(options.stateFile);
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  const window = new BrowserWindow({
    ...placeWindow(
      remembered,
      [primary, ...others].map(({ workArea }) => workArea),
    ),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Inkling',
    backgroundColor: paperNow(),
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  if (remembered?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  followTheme(window);
  rememberPlace(window, options.stateFile);
  void window.loadURL(pageUrl);
  return window;
}

const paperNow = () => (nativeTheme.shouldUseDarkColors ? paper.dark : paper.light);

function followTheme(window: BrowserWindow): void {
  const follow = () => window.setBackgroundColor(paperNow());
  nativeTheme.on('updated', follow);
  window.once('closed', () => nativeTheme.off('updated', follow));
}

function rememberPlace(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(timer);
    writeWindowState(file, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, settleMs);
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('maximize', later);
  window.on('unmaximize', later);
  window.on('close', save);
  window.once('closed', () => clearTimeout(timer));
}
