import { contextBridge, ipcRenderer, webUtils } from 'electron';

/**
 * What the page gets from Electron, and nothing else: a port to the backend's contract, and grants for files the user
 * dropped. Paths stay on this side: the page receives opaque grants.
 */
const bridge = {
  host: 'electron' as const,

  /** Asks for a port. It arrives as a window message `{ type: 'secchi:port' }` with one MessagePort. */
  connect(): void {
    ipcRenderer.send('secchi:connect');
  },

  /** Grants for dropped or chosen files, in their order. Files that are not on disk are left out. */
  grantsForFiles(files: File[]): Promise<{ grant: string; displayPath: string; isFolder: boolean }[]> {
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    return ipcRenderer.invoke('secchi:grant-dropped', paths);
  },
};

export type ElectronBridge = typeof bridge;

ipcRenderer.on('secchi:port', (event) => window.postMessage({ type: 'secchi:port' }, window.location.origin, event.ports));
contextBridge.exposeInMainWorld('secchi', bridge);
