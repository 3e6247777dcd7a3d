import type { z } from 'zod';
import { AwsJsonError } from '../jsonService.ts';

export const invalidInput = (message: string) => new AwsJsonError('InvalidInputException', message);
export const notFound = (message: string) => new AwsJsonError('EntityNotFoundException', message);
export const alreadyExists = (message: string) => new AwsJsonError('AlreadyExistsException', message);

export const databaseNotFound = (database: string) => notFound(`Database ${database} not found.`);
export const tableNotFound = (table: string) => notFound(`Table ${table} not found.`);
export const partitionNotFound = () => notFound('Cannot find partition.');

/** An error as the batch operations report it beside the entry it is about. */
export interface ErrorDetail {
  ErrorCode: string;
  ErrorMessage: string;
}

/** What a failed entry of a batch says; anything but an AWS error is ours and fails the whole call. */
export function errorDetail(error: unknown): ErrorDetail {
  if (!(error instanceof AwsJsonError)) throw error;
  return { ErrorCode: error.name, ErrorMessage: error.message };
}

/** The input as the service model wants it, or the error AWS gives with the place that is wrong. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `Value at '${issue.path.join('.') || 'input'}' failed to satisfy constraint: ${issue.message}`);
  throw invalidInput(`${issues.length} validation error${issues.length === 1 ? '' : 's'} detected: ${issues.join('; ')}`);
}
