import { ValidationError } from '@orpc/contract';
import { mapEventIterator, ORPCError } from '@orpc/client';
import { AppError, type AppErrorData } from '../../shared/errors.ts';
import { log } from '../log.ts';

/** The typed error every procedure of the contract declares. */
const appError = (data: AppErrorData) => new ORPCError('APP_ERROR', { status: 500, message: data.message, data });

/** `s3.list: bucket: Invalid input: expected string` for a message that breaks the contract. */
function badInput(procedure: string, error: ValidationError): AppErrorData {
  const fields = error.issues.slice(0, 5).map((issue) => {
    const at = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
    return `${at || 'input'}: ${issue.message}`;
  });
  return { code: 'BadInput', message: `${procedure} was not called as its contract says.`, detail: fields.join('; '), retryable: false };
}

/** Whatever was thrown, as what may cross the contract. Bugs and refused messages are logged here, once. */
function toTyped(procedure: string, error: unknown): ORPCError<string, unknown> {
  if (error instanceof AppError) return appError(error.toData());
  if (error instanceof ORPCError && error.code === 'APP_ERROR') return error;
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
    const data = badInput(procedure, error.cause);
    log.warn('refused', procedure, data.detail);
    return appError(data);
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return appError({ code: 'Cancelled', message: `${procedure} was cancelled.`, retryable: false });
  }
  log.error('failed', procedure, error);
  return appError({
    code: 'Internal',
    message: `${procedure} failed inside Secchi.`,
    detail: 'This is a fault of Secchi, not yours. Its log file holds the cause.',
    retryable: false,
  });
}

interface MiddlewareCall {
  path: readonly string[];
  next(): PromiseLike<{ output: unknown; context: object }> | { output: unknown; context: object };
}

const isIterator = (value: unknown): value is AsyncIterator<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value;

/** Middleware around every procedure: an AppError becomes the typed error, anything else Internal with a logged cause. */
export async function typedErrors({ path, next }: MiddlewareCall): Promise<never> {
  const procedure = path.join('.');
  try {
    const result = await next();
    if (!isIterator(result.output)) return result as never;
    const output = mapEventIterator(result.output, { value: (value) => value as never, error: async (error) => toTyped(procedure, error) });
    return { ...result, output } as never;
  } catch (error) {
    throw toTyped(procedure, error);
  }
}
