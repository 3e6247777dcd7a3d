import { AppError } from '../../../../shared/errors.ts';
import { QueryFailure } from '../errors.ts';
import { trinoErrorOf } from '../sql/runtimeErrors.ts';

/** What DuckDB says where an object does not hold what its table says. */
const BAD_DATA: [RegExp, string][] = [
  [/No magic bytes found|too small to be a Parquet|footer|TProtocolException|Thrift|Snappy|ZSTD|Corrupt|out of range.*page|Invalid.*[Pp]arquet|[Pp]arquet.*(?:corrupt|invalid)/, 'Not valid Parquet file'],
  [/Malformed JSON|JSON transform error|Failed to (?:cast|parse).*JSON/i, 'Row is not a valid JSON Object'],
  [/CSV Error|Conversion Error/i, 'Error parsing field value'],
  [/[Gg][Zz]ip|Failed to decode|Zstd/, 'Error reading compressed file'],
];

/** An error of the engine in Athena's words: Trino's name for it, and objects by their address instead of their blobs. */
export function engineFailure(error: unknown, uris: Map<string, string>): unknown {
  if (!(error instanceof AppError) || error.code !== 'Internal') return error;
  const blob = [...uris.keys()].find((path) => error.message.includes(path));
  const message = named(error.message, uris);
  if (blob !== undefined) {
    const what = BAD_DATA.find(([pattern]) => pattern.test(message))?.[1] ?? 'Error reading file';
    const own = /Error parsing field value '.*/s.exec(message)?.[0];
    return new QueryFailure('HIVE_BAD_DATA', own ? firstLines(own) : `${what} in ${uris.get(blob)}: ${firstLines(message)}`, 2, 1305);
  }
  const { trinoName, message: words } = trinoErrorOf(message);
  return new QueryFailure(trinoName, words, trinoName === 'GENERIC_INTERNAL_ERROR' ? 1 : 2, 1301);
}

function named(message: string, uris: Map<string, string>): string {
  let text = message;
  for (const [path, uri] of uris) if (text.includes(path)) text = text.replaceAll(path, uri);
  return text;
}

/** DuckDB adds its own SQL and advice about its own options; neither is the user's. */
const firstLines = (message: string): string => message.split(/\n\s*\n|\nLINE /, 1)[0]!.split('\n').slice(0, 3).join(' ').slice(0, 1000);
