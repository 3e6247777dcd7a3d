import type { DdlStatement } from '../../../../shared/sql/ddl/ast.ts';
import type { GlueColumn, GlueTable } from '../../glue/index.ts';
import { fullValues } from './ddl/partitions.ts';
import { requireTable, semanticFailure, tableName } from './names.ts';
import type { Outcome, StatementRun } from './outcome.ts';

/** Hive pads every cell. */
const row = (...cells: string[]) => cells.map((cell) => cell.padEnd(20));
const columnRow = ({ Name, Type = 'string', Comment = '' }: GlueColumn) => row(Name, Type, Comment);
const BLANK = ['', ' ', ' '];
const heading = (text: string) => [text, ' ', ' '];
const COLUMN_HEADING = row('# col_name', 'data_type', 'comment');

/** DESCRIBE [EXTENDED | FORMATTED]. https://docs.aws.amazon.com/athena/latest/ug/describe-table.html */
export async function describe(run: StatementRun, statement: Extract<DdlStatement, { kind: 'describe' }>): Promise<Outcome> {
  const table = await requireTable(run, tableName(run, statement.name));
  const keys = table.PartitionKeys ?? [];
  const columns = [...(table.StorageDescriptor?.Columns ?? []), ...keys];
  if (statement.column !== undefined) {
    const wanted = columns.find(({ Name }) => Name === statement.column!.toLowerCase());
    if (!wanted) throw semanticFailure(`[Error 10002]: Invalid column reference ${statement.column}`);
    return answer([columnRow(wanted)]);
  }
  const partition = statement.partition ? await run.context.catalog.partitions.get(table.DatabaseName, table.Name, fullValues(table, statement.partition)) : undefined;
  const partitionLines = keys.length === 0 ? [] : [BLANK, heading('# Partition Information'), COLUMN_HEADING, BLANK, ...keys.map(columnRow)];
  if (!statement.formatted && !statement.extended) return answer([...columns.map(columnRow), ...partitionLines]);
  const own = (table.StorageDescriptor?.Columns ?? []).map(columnRow);
  return answer([COLUMN_HEADING, BLANK, ...own, ...partitionLines, ...details({ ...table, StorageDescriptor: partition?.StorageDescriptor ?? table.StorageDescriptor })]);
}

function details({ StorageDescriptor: storage, ...table }: GlueTable): string[][] {
  const line = (name: string, value: string | undefined) => [`${name}:`.padEnd(20), (value ?? '').padEnd(20), ' '];
  const properties = (all: Record<string, string> | undefined) => Object.entries(all ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => ['', key.padEnd(20), value.padEnd(20)]);
  return [
    BLANK,
    heading('# Detailed Table Information'),
    line('Database', table.DatabaseName),
    line('Owner', table.Owner),
    line('CreateTime', new Date(table.CreateTime * 1000).toISOString()),
    line('LastAccessTime', 'UNKNOWN'),
    line('Location', storage?.Location),
    line('Table Type', table.TableType),
    heading('Table Parameters:'),
    ...properties(table.Parameters),
    BLANK,
    heading('# Storage Information'),
    line('SerDe Library', storage?.SerdeInfo?.SerializationLibrary),
    line('InputFormat', storage?.InputFormat),
    line('OutputFormat', storage?.OutputFormat),
    line('Compressed', storage?.Compressed ? 'Yes' : 'No'),
    line('Num Buckets', String(storage?.NumberOfBuckets ?? -1)),
    heading('Storage Desc Params:'),
    ...properties(storage?.SerdeInfo?.Parameters),
  ];
}

const answer = (lines: string[][]): Outcome => ({ kind: 'text', columns: ['col_name', 'data_type', 'comment'].map((name) => ({ name, type: { kind: 'varchar' } })), lines });
