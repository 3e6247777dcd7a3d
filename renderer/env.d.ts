/// <reference types="vite/client" />

/** What the preload gives the page in Electron; absent in the browser host. */
interface SecchiBridge {
  /** Grants for files and folders dropped on the window; the page never sees a path. */
  pathsForFiles?(files: File[]): Promise<string[]>;
}

interface Window {
  secchi?: SecchiBridge;
}
