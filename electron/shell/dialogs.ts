import { BrowserWindow, dialog, shell } from 'electron';
import type { Host } from '../context.ts';

/** Native choosers, attached to the window that has the focus. null: the user cancelled. */
export const chooseNatively: NonNullable<Host['choose']> = async (what, suggestedName) => {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  if (!window) return null;
  if (what === 'saveFile') {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      ...(suggestedName ? { defaultPath: suggestedName } : {}),
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    return canceled || !filePath ? null : [filePath];
  }
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    properties: what === 'openFolder' ? ['openDirectory', 'createDirectory'] : ['openFile', 'multiSelections', 'showHiddenFiles'],
  });
  return canceled || filePaths.length === 0 ? null : filePaths;
};

export const reveal: NonNullable<Host['reveal']> = async (path) => shell.showItemInFolder(path);
