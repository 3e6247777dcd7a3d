import { AppError, type AppErrorData } from '../../shared/errors.ts';

const isData = (value: unknown): value is AppErrorData =>
  typeof value === 'object' && value !== null && typeof (value as AppErrorData).code === 'string' && typeof (value as AppErrorData).message === 'string';

/** Whatever a call threw, as the one error shape: the contract's typed error, a lost connection, or our own bug. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const data = (error as { data?: unknown } | null)?.data;
  if (isData(data)) return AppError.fromData(data);
  if (error instanceof DOMException && error.name === 'AbortError') return new AppError('Cancelled', 'Cancelled.');
  const message = error instanceof Error ? error.message : String(error);
  return new AppError('Internal', message || 'Something unexpected went wrong in the window.', { retryable: true, cause: error });
}

/** True for the end of work that the user or the window stopped, which is not news. */
export const isCancelled = (error: unknown): boolean => toAppError(error).code === 'Cancelled';
