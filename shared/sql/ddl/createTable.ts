import type { TokenStream } from '../tokenStream.ts';
import type { CreateTable, DelimitedFormat, QualifiedName } from './ast.ts';
import { columns, comment, name, stringProperties } from './parts.ts';

/** What follows the name of `CREATE [EXTERNAL] TABLE [IF NOT EXISTS] name`: columns and clauses, in any order as Hive takes them. */
export function createTable(s: TokenStream, external: boolean, table: QualifiedName, ifNotExists: boolean): CreateTable {
  const created: CreateTable = {
    kind: 'createTable',
    external,
    name: table,
    ifNotExists,
    columns: s.is('(') ? columns(s) : [],
    partitionKeys: [],
    partitionTransforms: [],
    properties: {},
  };
  while (clause(s, created));
  s.expectEnd();
  return created;
}

function clause(s: TokenStream, table: CreateTable): boolean {
  const said = comment(s);
  if (said !== undefined) table.comment = said;
  else if (s.take('PARTITIONED', 'BY')) partitionedBy(s, table);
  else if (s.take('CLUSTERED', 'BY')) table.clusteredBy = clusteredBy(s);
  else if (s.take('ROW', 'FORMAT')) rowFormat(s, table);
  else if (s.take('WITH', 'SERDEPROPERTIES')) table.serde = { library: table.serde?.library ?? '', properties: stringProperties(s) };
  else if (s.take('STORED', 'AS')) storedAs(s, table);
  else if (s.take('LOCATION')) table.location = s.string();
  else if (s.take('TBLPROPERTIES')) table.properties = stringProperties(s);
  else return false;
  return true;
}

/** Hive gives columns with types, Iceberg names or transforms: told apart by what follows the first name. */
function partitionedBy(s: TokenStream, table: CreateTable): void {
  const after = s.peek(2);
  const typed = after.kind === 'word' || (after.kind === 'op' && after.value === ':');
  if (typed) {
    table.partitionKeys = columns(s);
    return;
  }
  s.expect('(');
  do {
    const from = name(s).start;
    if (s.is('(')) {
      while (!s.take(')')) if (s.next().kind === 'end') s.fail();
    }
    table.partitionTransforms.push(s.text.slice(from, s.previous().end));
  } while (s.take(','));
  s.expect(')');
}

function clusteredBy(s: TokenStream): NonNullable<CreateTable['clusteredBy']> {
  const names = (): string[] => {
    const found: string[] = [];
    s.expect('(');
    do {
      found.push(name(s).name);
      if (!s.take('ASC')) s.take('DESC');
    } while (s.take(','));
    s.expect(')');
    return found;
  };
  const clustered = names();
  const sortedBy = s.take('SORTED', 'BY') ? names() : [];
  s.expect('INTO');
  const buckets = s.integer();
  s.expect('BUCKETS');
  return { columns: clustered, sortedBy, buckets };
}

function rowFormat(s: TokenStream, table: CreateTable): void {
  if (s.take('SERDE')) {
    table.serde = { library: s.string(), properties: table.serde?.properties ?? {} };
    return;
  }
  s.expect('DELIMITED');
  const format: DelimitedFormat = {};
  for (;;) {
    if (s.take('FIELDS', 'TERMINATED', 'BY')) {
      format.fields = s.string();
      if (s.take('ESCAPED', 'BY')) format.escaped = s.string();
    } else if (s.take('ESCAPED', 'BY')) format.escaped = s.string();
    else if (s.take('COLLECTION', 'ITEMS', 'TERMINATED', 'BY')) format.collectionItems = s.string();
    else if (s.take('MAP', 'KEYS', 'TERMINATED', 'BY')) format.mapKeys = s.string();
    else if (s.take('LINES', 'TERMINATED', 'BY')) format.lines = s.string();
    else if (s.take('NULL', 'DEFINED', 'AS')) format.nullDefinedAs = s.string();
    else break;
  }
  table.delimited = format;
}

function storedAs(s: TokenStream, table: CreateTable): void {
  if (s.take('INPUTFORMAT')) {
    const inputFormat = s.string();
    s.expect('OUTPUTFORMAT');
    table.storedAs = { inputFormat, outputFormat: s.string() };
    return;
  }
  const formats = ['PARQUET', 'ORC', 'AVRO', 'TEXTFILE', 'JSONFILE', 'SEQUENCEFILE', 'RCFILE', 'ION'];
  const format = formats.find((known) => s.take(known));
  if (!format) s.fail();
  table.storedAs = { format };
}
