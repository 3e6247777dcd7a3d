import { quoteName } from '../../editor/completion/suggestions.ts';

export interface TableName {
  catalog: string;
  database: string;
  table: string;
}

/** As it is written in a query: `samples.flights`, `"odd db"."t"`, with the catalog where it is not the account's own. */
export const sqlName = ({ catalog, database, table }: TableName): string =>
  [...(catalog === 'AwsDataCatalog' ? [] : [catalog]), database, table].map(quoteName).join('.');

/** As Redshift takes it in a query of its own database. */
export const redshiftName = ({ schema, table }: { schema: string; table: string }): string => [schema, table].map(quoteName).join('.');

export const previewSql = (name: TableName): string => `SELECT * FROM ${sqlName(name)} LIMIT 100`;

/** `s3://bucket/a/b/` as bucket and prefix; null where it is no S3 location. */
export function placeOf(location: string | undefined): { bucket: string; prefix: string } | null {
  const match = /^s3[an]?:\/\/([^/]+)\/?(.*)$/.exec(location ?? '');
  return match ? { bucket: match[1] as string, prefix: match[2] && !match[2].endsWith('/') ? `${match[2]}/` : (match[2] ?? '') } : null;
}
