import type { Column } from '../../../shared/contract/catalog.ts';
import type { Table } from './source.ts';

/** Hive's way: backticks, doubled inside. */
const backtick = (name: string) => `\`${name.replaceAll('`', '``')}\``;
/** A string literal of Athena's DDL: backslash is its escape. */
const literal = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const columnLine = ({ name, type, comment }: Column) => `  ${backtick(name)} ${type}${comment ? ` COMMENT ${literal(comment)}` : ''}`;
const properties = (of: Record<string, string>) => Object.entries(of).map(([name, value]) => `  ${literal(name)}=${literal(value)}`).join(',\n');

/** What Glue, crawlers and Athena write for themselves: not part of the table's definition. */
const BOOKKEEPING = /^(transient_lastDdlTime|last_modified_.*|numFiles|numRows|rawDataSize|totalSize|EXTERNAL|comment|CrawlerSchema.*|UPDATED_BY_CRAWLER|averageRecordSize|objectCount|recordCount|sizeKey|metadata_location|previous_metadata_location|presto_.*)$/i;

function icebergDdl(table: Table): string {
  return [
    `CREATE TABLE ${backtick(table.database)}.${backtick(table.name)} (`,
    table.columns.map(columnLine).join(',\n'),
    ')',
    '-- Glue does not tell an Iceberg table’s partitioning: see SHOW CREATE TABLE.',
    ...(table.location ? [`LOCATION ${literal(table.location)}`] : []),
    "TBLPROPERTIES (\n  'table_type'='ICEBERG'\n)",
  ].join('\n');
}

/**
 * A statement that makes the table again, as SHOW CREATE TABLE writes it.
 * https://docs.aws.amazon.com/athena/latest/ug/create-table.html
 */
export function ddlOf(table: Table): string {
  if (table.kind === 'view') {
    const name = `"${table.database.replaceAll('"', '""')}"."${table.name.replaceAll('"', '""')}"`;
    return table.viewSql ? `CREATE OR REPLACE VIEW ${name} AS\n${table.viewSql}` : `-- ${name} is a view whose text Athena did not write.`;
  }
  if (table.kind === 'iceberg') return icebergDdl(table);
  const kept = Object.fromEntries(Object.entries(table.parameters).filter(([name]) => !BOOKKEEPING.test(name)));
  const lines = [`CREATE EXTERNAL TABLE ${backtick(table.database)}.${backtick(table.name)} (`, table.columns.map(columnLine).join(',\n'), ')'];
  const comment = table.description ?? table.parameters.comment;
  if (comment) lines.push(`COMMENT ${literal(comment)}`);
  if (table.partitionKeys.length > 0) lines.push('PARTITIONED BY (', table.partitionKeys.map(columnLine).join(',\n'), ')');
  if (table.serde) {
    lines.push('ROW FORMAT SERDE', `  ${literal(table.serde)}`);
    if (Object.keys(table.serdeParameters).length > 0) lines.push('WITH SERDEPROPERTIES (', properties(table.serdeParameters), ')');
  }
  if (table.inputFormat && table.outputFormat) {
    lines.push('STORED AS INPUTFORMAT', `  ${literal(table.inputFormat)}`, 'OUTPUTFORMAT', `  ${literal(table.outputFormat)}`);
  }
  if (table.location) lines.push('LOCATION', `  ${literal(table.location)}`);
  if (Object.keys(kept).length > 0) lines.push('TBLPROPERTIES (', properties(kept), ')');
  return lines.join('\n');
}
