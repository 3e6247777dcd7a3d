import type { GlueTable } from '../../glue/index.ts';

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\t', '\\t').replaceAll('\n', '\\n')}'`;

/** The statement that makes the table again, line by line, laid out as Hive does. */
export function showCreateTable(table: GlueTable): string[] {
  const { StorageDescriptor: storage, PartitionKeys: keys = [] } = table;
  const columns = (all: { Name: string; Type?: string; Comment?: string }[], end: string) =>
    all.map(({ Name, Type, Comment }, i) => `  \`${Name}\` ${Type ?? 'string'}${Comment ? ` COMMENT ${quoted(Comment)}` : ''}${i === all.length - 1 ? end : ', '}`);
  const properties = (all: Record<string, string>) => {
    const entries = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
    return entries.map(([key, value], i) => `  ${quoted(key)}=${quoted(value)}${i === entries.length - 1 ? ') ' : ', '}`);
  };
  const serdeParameters = storage?.SerdeInfo?.Parameters ?? {};
  const { EXTERNAL: _external, comment, ...parameters } = table.Parameters ?? {};
  return [
    `CREATE EXTERNAL TABLE \`${table.DatabaseName}\`.\`${table.Name}\`(`,
    ...columns(storage?.Columns ?? [], ')'),
    ...(comment === undefined ? [] : [`COMMENT ${quoted(comment)}`]),
    ...(keys.length === 0 ? [] : ['PARTITIONED BY ( ', ...columns(keys, ')')]),
    'ROW FORMAT SERDE ',
    `  ${quoted(storage?.SerdeInfo?.SerializationLibrary ?? '')} `,
    ...(Object.keys(serdeParameters).length === 0 ? [] : ['WITH SERDEPROPERTIES ( ', ...properties(serdeParameters)]),
    'STORED AS INPUTFORMAT ',
    `  ${quoted(storage?.InputFormat ?? '')} `,
    'OUTPUTFORMAT ',
    `  ${quoted(storage?.OutputFormat ?? '')}`,
    'LOCATION',
    `  ${quoted(storage?.Location ?? '')}`,
    ...(Object.keys(parameters).length === 0 ? [] : ['TBLPROPERTIES (', ...properties(parameters).map((line) => line.trimEnd().padEnd(line.endsWith(', ') ? line.length : 0))]),
  ];
}
