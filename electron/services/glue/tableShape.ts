import type { Column as GlueColumn, Table as GlueTable } from '@aws-sdk/client-glue';
import type { Column, TableSummary } from '../../../shared/contract/catalog.ts';
import type { Table } from './source.ts';

export const toColumn = ({ Name = '', Type = '', Comment }: GlueColumn): Column => ({ name: Name, type: Type, comment: Comment || undefined });

type Facts = Pick<GlueTable, 'TableType' | 'Parameters'> & { inputFormat?: string | undefined; serde?: string | undefined };

/** Parameters are written by many tools, in either case. */
const parameter = (parameters: Record<string, string> | undefined, name: string) =>
  Object.entries(parameters ?? {}).find(([key]) => key.toLowerCase() === name)?.[1]?.toLowerCase();

/** What a table is, by the marks its table format leaves in Glue. https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg.html */
export function kindOf({ TableType, Parameters, inputFormat = '' }: Facts): TableSummary['kind'] {
  if (TableType === 'VIRTUAL_VIEW') return 'view';
  const mark = parameter(Parameters, 'table_type');
  const provider = parameter(Parameters, 'spark.sql.sources.provider');
  if (mark === 'iceberg') return 'iceberg';
  if (mark === 'delta' || provider === 'delta' || parameter(Parameters, 'classification') === 'delta') return 'delta';
  if (mark === 'hudi' || provider === 'hudi' || /hudi/i.test(inputFormat)) return 'hudi';
  return 'table';
}

const FORMATS: [RegExp, string][] = [
  [/parquet/i, 'Parquet'],
  [/\borc\b|OrcInput|OrcSerde/i, 'ORC'],
  [/avro/i, 'Avro'],
  [/json/i, 'JSON'],
  [/ion(Input|HiveSerDe)/i, 'Ion'],
  [/RegexSerDe|Grok/i, 'Text (pattern)'],
  [/OpenCSVSerde/i, 'CSV'],
];

/** The format as people say it, from SerDe and input format. */
export function formatOf(table: Pick<Table, 'kind' | 'serde' | 'inputFormat' | 'serdeParameters'>): string | undefined {
  if (table.kind === 'view') return undefined;
  if (table.kind !== 'table') return { iceberg: 'Iceberg', delta: 'Delta Lake', hudi: 'Hudi' }[table.kind];
  const by = `${table.serde ?? ''} ${table.inputFormat ?? ''}`;
  const known = FORMATS.find(([pattern]) => pattern.test(by))?.[1];
  if (known) return known;
  if (!/LazySimpleSerDe|MultiDelimitSerDe/.test(by)) return undefined;
  const delimiter = table.serdeParameters['field.delim'] ?? table.serdeParameters['serialization.format'];
  if (delimiter === '\t' || delimiter === '\\t') return 'TSV';
  return delimiter === ',' ? 'CSV' : 'Text';
}

/** A view's SQL, and what its unqualified names mean. */
export interface ViewText {
  sql: string;
  catalog?: string | undefined;
  database?: string | undefined;
}

/** `/* Presto View: <base64 of JSON> *\/` as Athena stores a view; undefined where it is something else. */
export function viewTextOf(original: string | undefined): ViewText | undefined {
  const encoded = /\/\*\s*(?:Presto|Trino) View:\s*([A-Za-z0-9+/=]+)\s*\*\//.exec(original ?? '')?.[1];
  if (!encoded) return original && !original.startsWith('/*') ? { sql: original } : undefined;
  try {
    const { originalSql, catalog, schema } = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as { originalSql?: string; catalog?: string; schema?: string };
    return originalSql === undefined ? undefined : { sql: originalSql, catalog, database: schema };
  } catch {
    return undefined; // another engine's view: shown without its SQL
  }
}

export const viewSqlOf = (original: string | undefined): string | undefined => viewTextOf(original)?.sql;

/** A Glue table as the contract has it. https://docs.aws.amazon.com/glue/latest/webapi/API_Table.html */
export function toTable(catalog: string, glue: GlueTable): Table {
  const storage = glue.StorageDescriptor;
  const serde = storage?.SerdeInfo?.SerializationLibrary;
  const kind = kindOf({ TableType: glue.TableType, Parameters: glue.Parameters, inputFormat: storage?.InputFormat, serde });
  const shape = {
    catalog,
    database: glue.DatabaseName ?? '',
    name: glue.Name ?? '',
    kind,
    columns: (storage?.Columns ?? []).map(toColumn),
    partitionKeys: (glue.PartitionKeys ?? []).map(toColumn),
    location: storage?.Location || undefined,
    inputFormat: storage?.InputFormat || undefined,
    outputFormat: storage?.OutputFormat || undefined,
    serde: serde || undefined,
    serdeParameters: storage?.SerdeInfo?.Parameters ?? {},
    parameters: glue.Parameters ?? {},
    owner: glue.Owner,
    createdAt: glue.CreateTime?.toISOString(),
    updatedAt: glue.UpdateTime?.toISOString(),
    versionId: glue.VersionId,
    description: glue.Description,
    viewSql: kind === 'view' ? viewSqlOf(glue.ViewOriginalText) : undefined,
    view: kind === 'view' ? viewTextOf(glue.ViewOriginalText) : undefined,
  };
  return { ...shape, format: formatOf(shape) };
}

export const toSummary = ({ name, kind, columns, partitionKeys }: Pick<Table, 'name' | 'kind' | 'columns' | 'partitionKeys'>): TableSummary => ({
  name,
  kind,
  columns: columns.length + partitionKeys.length,
  partitionKeys: partitionKeys.length,
});
