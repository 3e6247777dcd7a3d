// What Secchi imports from 'electron', and no more: a new import of it fails loudly here.
import { EventEmitter } from 'node:events';
import { control } from './control.ts';
import { closeBrowser, protocolHandlers, StandInWindow, type StandInContents } from './window.ts';

export { ipcMain } from './ipc.ts';
export { MessageChannelMain } from './ports.ts';
export { utilityProcess } from './utilityProcess.ts';

class App extends EventEmitter {
  isPackaged = false;
  requestSingleInstanceLock = () => control.hasSingleInstanceLock;
  whenReady = async () => undefined;
  enableSandbox = () => undefined;
  getAppPath = () => control.appPath;
  getPath = (_name: string) => control.userData;
  setPath = (_name: string, path: string) => void (control.userData = path);
  getVersion = () => '0.0.0-test';
  getLocale = () => 'en-US';
  setName = () => undefined;
  setAppUserModelId = () => undefined;

  /** As Electron does: windows close first, and one that stays ends it; `window-all-closed` is not told. */
  quit = () => void this.quitInOrder();

  private async quitInOrder(): Promise<void> {
    const goesOn = (event: string) => {
      let prevented = false;
      this.emit(event, { preventDefault: () => (prevented = true) });
      return !prevented;
    };
    if (!goesOn('before-quit')) return;
    for (const window of [...control.windows]) if (!(await window.close())) return;
    if (goesOn('will-quit')) await this.exit();
  }

  exit = async () => {
    await closeBrowser();
    control.quit?.();
  };
}

export const app = new App();

export class BrowserWindow extends StandInWindow {
  constructor(options: ConstructorParameters<typeof StandInWindow>[0]) {
    super(options);
    app.emit('web-contents-created', {}, this.webContents);
  }
  static getAllWindows = () => control.windows;
  static getFocusedWindow = () => control.windows[0] ?? null;
}

export const protocol = {
  registerSchemesAsPrivileged: () => undefined,
  handle: (scheme: string, handler: (request: Request) => Promise<Response> | Response) => void protocolHandlers.set(scheme, handler),
};

type Permission = (contents: StandInContents | null, permission: string, answer: (allowed: boolean) => void) => void;
export const permissionHandlers: { request?: Permission; check?: (contents: StandInContents | null, permission: string) => boolean } = {};
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: Permission) => void (permissionHandlers.request = handler),
    setPermissionCheckHandler: (handler: (contents: StandInContents | null, permission: string) => boolean) => void (permissionHandlers.check = handler),
  },
};

export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => void (control.menu = menu),
};

const answerDialog = (options: unknown) => {
  control.dialogOptions.push(options);
  const filePaths = control.dialogAnswers.shift() ?? [];
  return { canceled: filePaths.length === 0, filePaths, filePath: filePaths[0] };
};
export const dialog = {
  showOpenDialog: async (_window: unknown, options: unknown) => answerDialog(options),
  showSaveDialog: async (_window: unknown, options: unknown) => answerDialog(options),
  /** The index of the button; the last one where the test says nothing. */
  showMessageBoxSync: (_window: unknown, options: { buttons: string[] }) => {
    control.dialogOptions.push(options);
    return control.messageBoxAnswers.shift() ?? options.buttons.length - 1;
  },
  showErrorBox: (title: string, content: string) => void control.dialogOptions.push({ title, content }),
};

// As on a Linux machine without a secret service: there is no keychain here, and the app must say so.
export const safeStorage = { isEncryptionAvailable: () => false, getSelectedStorageBackend: () => 'basic_text' };
export const shell = {
  openExternal: async (url: string) => void control.openedExternally.push(url),
  showItemInFolder: (path: string) => void control.openedExternally.push(path),
};
export const nativeTheme = { shouldUseDarkColors: true };
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };
