import { AppError, type AppErrorData } from '../../shared/errors.ts';
import type { ProcessName } from './names.ts';

/** What a parent and its child process say to each other. Values are structured-cloneable. */
export type ToChild = { id: number; method: string; args: unknown } | { cancel: number } | FromGrandchild;
export type ToParent =
  | { ready: true }
  | ForGrandchild
  | { id: number; value: unknown }
  | { id: number; progress: unknown }
  | { id: number; error: AppErrorData };

/**
 * A utility process of Electron can start no process. It asks its parent for one and talks to it through the parent:
 * `grandchild` is the asker's own number for it. (brokered.ts asks, grandchildren.ts answers.)
 */
export type ForGrandchild =
  | { grandchild: number; start: { name: ProcessName; args: string[] } }
  | { grandchild: number; post: ToChild }
  | { grandchild: number; kill: true };
export type FromGrandchild = { grandchild: number; said: ToParent } | { grandchild: number; ended: string };

export const toErrorData = (error: unknown): AppErrorData =>
  error instanceof AppError
    ? error.toData()
    : { code: 'Internal', message: error instanceof Error ? error.message : String(error), retryable: false };
