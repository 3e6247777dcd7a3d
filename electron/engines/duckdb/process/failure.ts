import { AppError } from '../../../../shared/errors.ts';

/** What DuckDB says of an error (`errors_as_json`); `position` in characters where its parser speaks, elsewhere in bytes of UTF-8. */
interface Said {
  exception_type?: string;
  exception_message?: string;
  position?: string;
}

function readSaid(error: unknown): Said {
  const text = error instanceof Error ? error.message : String(error);
  try {
    return JSON.parse(text.slice(text.indexOf('{'))) as Said;
  } catch {
    return { exception_message: text.replace(/^Failed to extract statements:\s*/, '') };
  }
}

/** One-based line and column (UTF-16 units) of the end of a text. */
function endOf(before: string): { line: number; column: number } {
  const lines = before.split('\n');
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}

/** The place and words of an error; `offset` is where the user's statement begins in what was run, in bytes. */
export function problemOf(error: unknown, sql: string, offset = 0): { message: string; kind: string; place?: { line: number; column: number } } {
  const { exception_type: kind = '', exception_message: message = '', position } = readSaid(error);
  const at = position === undefined ? -1 : Number(position) - offset;
  const before = kind === 'Parser' ? [...sql].slice(0, at).join('') : Buffer.from(sql).subarray(0, at).toString();
  const place = at >= 0 && at <= Buffer.byteLength(sql) ? endOf(before) : undefined;
  return { message: message.trim() || 'DuckDB gave no reason.', kind, ...(place ? { place } : {}) };
}

/** An error of DuckDB in our terms. */
export function toFailure(error: unknown, sql: string, offset = 0): AppError {
  if (error instanceof AppError) return error;
  const { message, kind, place } = problemOf(error, sql, offset);
  if (kind === 'Interrupt' || /^INTERRUPT/.test(message)) return new AppError('Cancelled', 'The statement was stopped.', { cause: error });
  if (/No space left on device|ENOSPC|disk full/i.test(message)) return new AppError('DiskFull', 'The disk is full.', { detail: message, cause: error });
  const detail = kind === 'Permission' ? 'A statement on this desk reads only the files and folders that were added to it, and no network. Add the file with Files.' : kind === 'Out of Memory' ? 'The engine on this desk may use an eighth of the memory of this machine.' : undefined;
  return new AppError('QueryFailed', message, { detail, cause: error, line: place?.line, column: place?.column });
}
