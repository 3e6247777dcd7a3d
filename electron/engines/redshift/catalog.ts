import { DescribeTableCommand, ListDatabasesCommand, ListSchemasCommand, ListTablesCommand } from '@aws-sdk/client-redshift-data';
import type { RedshiftTarget } from '../../../shared/contract/redshift.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { nameOf, placeOf } from './target.ts';

interface Where {
  connectionId: string;
  target: RedshiftTarget;
}

/** Tables read for completion. */
const MOST_TABLES = 10_000;
const PAGE = 1000;
/** Tables a branch of the tree takes at a time. */
const TREE_PAGE = 200;

const about = ({ connectionId, target }: Where, operation: string) => ({ connectionId, action: `redshift-data:${operation}`, resource: nameOf(target) });

export async function listDatabases(aws: AwsConnections, where: Where, abortSignal?: AbortSignal): Promise<string[]> {
  const names: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await aws.attempt(about(where, 'ListDatabases'), ({ redshiftData }) => redshiftData.send(new ListDatabasesCommand({ ...placeOf(where.target), NextToken }), { abortSignal }));
    names.push(...(page.Databases ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return [...new Set(names)].toSorted();
}

export async function listSchemas(aws: AwsConnections, where: Where & { token?: string | undefined }, abortSignal?: AbortSignal): Promise<{ schemas: string[]; nextToken?: string | undefined }> {
  const command = new ListSchemasCommand({ ...placeOf(where.target), MaxResults: PAGE, NextToken: where.token });
  const { Schemas = [], NextToken } = await aws.attempt(about(where, 'ListSchemas'), ({ redshiftData }) => redshiftData.send(command, { abortSignal }));
  return { schemas: Schemas.toSorted((a, b) => Number(isSystem(a)) - Number(isSystem(b)) || (a < b ? -1 : 1)), nextToken: NextToken };
}

export async function listTablesOf(aws: AwsConnections, where: Where & { schema: string; token?: string | undefined }, abortSignal?: AbortSignal): Promise<{ tables: { name: string; type: string }[]; nextToken?: string | undefined }> {
  const command = new ListTablesCommand({ ...placeOf(where.target), SchemaPattern: where.schema, MaxResults: TREE_PAGE, NextToken: where.token });
  const { Tables = [], NextToken } = await aws.attempt(about(where, 'ListTables'), ({ redshiftData }) => redshiftData.send(command, { abortSignal }));
  // `_` in a pattern is any character: other schemas may come along.
  return { tables: Tables.filter(({ schema }) => schema === where.schema).map(({ name = '', type = 'TABLE' }) => ({ name, type })), nextToken: NextToken };
}

const isSystem = (schema: string): boolean => /^(pg_|information_schema$)/.test(schema);

export async function listTables(aws: AwsConnections, where: Where, abortSignal?: AbortSignal): Promise<{ schemas: { name: string; tables: string[] }[]; truncated: boolean }> {
  const schemas = new Map<string, string[]>();
  let read = 0;
  let NextToken: string | undefined;
  do {
    const page = await aws.attempt(about(where, 'ListTables'), ({ redshiftData }) => redshiftData.send(new ListTablesCommand({ ...placeOf(where.target), MaxResults: PAGE, NextToken }), { abortSignal }));
    for (const { schema = '', name = '' } of page.Tables ?? []) {
      schemas.set(schema, [...(schemas.get(schema) ?? []), name]);
      read++;
    }
    NextToken = page.NextToken;
  } while (NextToken && read < MOST_TABLES);
  const named = [...schemas].map(([name, tables]) => ({ name, tables: tables.toSorted() }));
  named.sort((a, b) => Number(isSystem(a.name)) - Number(isSystem(b.name)) || (a.name < b.name ? -1 : 1));
  return { schemas: named, truncated: NextToken !== undefined };
}

export async function listColumns(aws: AwsConnections, where: Where & { schema: string; table: string }, abortSignal?: AbortSignal): Promise<{ name: string; type: string }[]> {
  const columns: { name: string; type: string }[] = [];
  let NextToken: string | undefined;
  do {
    const command = new DescribeTableCommand({ ...placeOf(where.target), Database: where.target.database, Schema: where.schema, Table: where.table, NextToken });
    const page = await aws.attempt(about(where, 'DescribeTable'), ({ redshiftData }) => redshiftData.send(command, { abortSignal }));
    columns.push(...(page.ColumnList ?? []).map(({ name = '', typeName = '' }) => ({ name, type: typeName })));
    NextToken = page.NextToken;
  } while (NextToken);
  return columns;
}
