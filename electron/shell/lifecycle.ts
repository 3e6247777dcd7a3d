import { app, BrowserWindow, dialog } from 'electron';
import { AppError } from '../../shared/errors.ts';

/** False where another Secchi already runs on this desktop: that one comes to the front, this one ends. */
export function isOnlyInstance(): boolean {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return false;
  }
  app.on('second-instance', () => {
    const window = BrowserWindow.getAllWindows()[0];
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  return true;
}

/**
 * Runs `close` once before the app ends, and lets it end when that is done, or after ten seconds at the latest. Windows close
 * first, each by its own question (queries that run): one that stays keeps the app, whether it was closed or Quit was chosen.
 */
export function closeBeforeQuit(close: () => Promise<void>): void {
  let closing: Promise<unknown> | undefined;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    event.preventDefault();
    closing ??= Promise.race([close(), new Promise((resolve) => setTimeout(resolve, 10_000))]).finally(() => app.exit(0));
  });
}

/** A start that failed says why in a native box, as there is no window yet, and ends with code 1. */
export function reportFailedStart(error: unknown): void {
  const known = error instanceof AppError;
  dialog.showErrorBox('Secchi cannot start', known ? [error.message, error.detail].filter(Boolean).join('\n\n') : String(error));
  app.exit(1);
}
