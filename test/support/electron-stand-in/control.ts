import type { Page } from 'playwright-core';
import type { StandInWindow } from './window.ts';

/** What a test sets before it imports electron/main.ts, and reads afterwards. */
export const control = {
  appPath: process.cwd(),
  userData: '',
  /** Answers of the next native dialogs, in order; an empty list means the user cancels. */
  dialogAnswers: [] as string[][],
  /** Buttons pressed in the next message boxes, by index. */
  messageBoxAnswers: [] as number[],
  /** Options the app gave to native dialogs. */
  dialogOptions: [] as unknown[],
  /** Paths on disk of files the page holds, by file name: what webUtils.getPathForFile would know. */
  droppedPaths: {} as Record<string, string>,
  windows: [] as StandInWindow[],
  menu: undefined as unknown,
  openedExternally: [] as string[],
  hasSingleInstanceLock: true,
  quit: undefined as (() => void) | undefined,

  /** The page of the first window, once it is there. */
  async page(): Promise<Page> {
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline) {
      const window = this.windows[0];
      if (window) return window.page;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('No window was opened within 60 s.');
  },
};
