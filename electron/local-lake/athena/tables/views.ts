import type { GlueTable } from '../../glue/index.ts';
import { QueryFailure } from '../errors.ts';

/** A view as Presto keeps it in the catalog: JSON in base64 inside a comment. */
export interface PrestoView {
  originalSql: string;
  catalog: string;
  schema: string;
  columns: { name: string; type: string }[];
}

const PATTERN = /^\/\* Presto View: ([A-Za-z0-9+/=]+) \*\/$/;

export const encodeView = (view: PrestoView): string => `/* Presto View: ${Buffer.from(JSON.stringify(view)).toString('base64')} */`;

/** The SQL of a view; INVALID_VIEW where the catalog holds something else. */
export function decodeView(table: GlueTable): string {
  const encoded = PATTERN.exec(table.ViewOriginalText?.trim() ?? '')?.[1];
  try {
    if (encoded) return (JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as PrestoView).originalSql;
  } catch {
    // falls through to the one error for everything that is no view
  }
  throw new QueryFailure('INVALID_VIEW', `The view ${table.DatabaseName}.${table.Name} was not made by Athena: its text cannot be read.`);
}
