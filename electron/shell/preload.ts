import { contextBridge, ipcRenderer, webUtils } from 'electron';

/** What the page gets from Electron, and nothing else. Paths stay on this side: the page receives opaque grants. */
contextBridge.exposeInMainWorld('secchi', {
  /** Grants for dropped or chosen files and folders, in their order. Files that are not on disk are left out. */
  pathsForFiles(files: File[]): Promise<string[]> {
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    return ipcRenderer.invoke('secchi:grant-dropped', paths) as Promise<string[]>;
  },
});

// The page listens for a message `{ type: 'secchi:port' }` with one MessagePort: the contract's door.
ipcRenderer.on('secchi:port', (event) => window.postMessage({ type: 'secchi:port' }, window.location.origin, event.ports));
window.addEventListener('DOMContentLoaded', () => ipcRenderer.send('secchi:connect'));
