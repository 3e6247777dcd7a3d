import path from 'node:path';
import { BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import { PAGE_URL } from './origin.ts';
import { readWindowState, writeWindowState } from './windowState.ts';

const GROUND = { dark: '#0f1518', light: '#eef2f3' };

/** The one window: sandboxed, isolated, where it was last time. Shown once it has something to show. */
export function openWindow(options: { outDir: string; dataDir: string }): BrowserWindow {
  const saved = readWindowState(
    options.dataDir,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    width: saved?.width ?? 1280,
    height: saved?.height ?? 800,
    ...(saved ? { x: saved.x, y: saved.y } : {}),
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Secchi',
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    webPreferences: {
      preload: path.join(options.outDir, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // Hidden windows go on with their transfers' progress in the backend; the page may sleep.
      backgroundThrottling: true,
    },
  });
  if (saved?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    const { x, y, width, height } = window.getNormalBounds();
    writeWindowState(options.dataDir, { x, y, width, height, maximized: window.isMaximized() });
  });
  // The page keeps the window open while queries run; whether they are to be stopped is asked here.
  window.webContents.on('will-prevent-unload', (event) => {
    const answer = dialog.showMessageBoxSync(window, {
      type: 'question',
      message: 'Queries are still running.',
      detail: 'Closing the window, or quitting, stops them. What they scanned until then is billed.',
      buttons: ['Stop them and close', 'Keep the window open'],
      defaultId: 1,
      cancelId: 1,
    });
    if (answer === 0) event.preventDefault();
  });
  void window.loadURL(PAGE_URL);
  return window;
}
