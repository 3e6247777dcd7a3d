import { AppError, type AppErrorData } from '../../shared/errors.ts';

/** What a parent and its child process say to each other. Values are structured-cloneable. */
export type ToChild = { id: number; method: string; args: unknown } | { cancel: number };
export type ToParent =
  | { ready: true }
  | { id: number; value: unknown }
  | { id: number; progress: unknown }
  | { id: number; error: AppErrorData };

export const toErrorData = (error: unknown): AppErrorData =>
  error instanceof AppError
    ? error.toData()
    : { code: 'Internal', message: error instanceof Error ? error.message : String(error), retryable: false };
