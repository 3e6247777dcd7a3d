import type { TrinoErrorName } from '../../../../../shared/sql/errors.ts';

/** Fails the row in Trino's words; `runtimeErrors.ts` reads the name back. */
export function raise(name: TrinoErrorName, message: string): never {
  throw new Error(`!${name}: ${message.replace(/\n/g, ' ')}`);
}

export function invalid(message: string): never {
  return raise('INVALID_FUNCTION_ARGUMENT', message);
}

export function badCast(message: string): never {
  return raise('INVALID_CAST_ARGUMENT', message);
}
