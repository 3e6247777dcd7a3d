import type { Column } from '../../../../shared/contract/catalog.ts';
import type { ParsedTable } from '../engine/protocol.ts';
import { widen } from '../engine/scalarTypes.ts';
import { columnNames } from './names.ts';

export interface Merged {
  columns: Column[];
  mappings: Map<string, string>;
  warnings: string[];
}

/** One set of columns for all samples: by position for delimited text, by name for JSON and Parquet. */
export function mergeColumns(samples: { uri: string; table: ParsedTable }[]): Merged {
  const [first] = samples;
  const { format } = first!.table;
  const warnings = new Set<string>();
  const columns = first!.table.columns.map((column) => ({ ...column }));
  const byPosition = format === 'csv' || format === 'tsv';
  for (const { uri, table } of samples.slice(1)) {
    if (byPosition && table.columns.length !== columns.length) warnings.add(`${uri} has ${table.columns.length} columns, ${first!.uri} has ${columns.length}.`);
    table.columns.forEach((column, at) => {
      const same = byPosition ? columns[at] : columns.find(({ name }) => name.toLowerCase() === column.name.toLowerCase());
      if (!same) columns.push({ ...column });
      else if (same.type !== column.type) {
        if (format === 'parquet') warnings.add(`Column ${column.name} is ${column.type} in ${uri} and ${same.type} in ${first!.uri}.`);
        else same.type = widen(same.type, column.type);
      }
    });
  }
  if (byPosition) restrictToSerde(columns, samples, warnings);
  const originals = columns.map((column) => column.name);
  // Parquet columns are found by their names, which therefore stay; Athena reads names without regard to case.
  const names = format === 'parquet' ? originals.map((original) => original.toLowerCase()) : columnNames(originals);
  const mappings = new Map<string, string>();
  if (format === 'json' || format === 'jsonl') {
    names.forEach((name, at) => {
      if (name !== originals[at]!.toLowerCase()) mappings.set(name, originals[at]!.toLowerCase()); // the SerDe reads keys in lower case
    });
  }
  return { columns: columns.map((column, at) => ({ name: names[at]!, type: column.type })), mappings, warnings: [...warnings] };
}

/** OpenCSVSerde reads dates and timestamps only as numbers, and fails on an empty number: such columns are strings there. */
function restrictToSerde(columns: Column[], samples: { table: ParsedTable }[], warnings: Set<string>): void {
  const dialects = samples.map(({ table }) => table.dialect!);
  if (dialects.some(({ multiline }) => multiline)) warnings.add('Some quoted fields go over several lines; Athena ends a row at each line break.');
  if (!dialects.some(({ quoted }) => quoted)) return;
  for (const dialect of dialects) dialect.quoted = true; // one SerDe for all
  const kept: string[] = [];
  columns.forEach((column, at) => {
    if (column.type === 'date' || column.type === 'timestamp' || (column.type !== 'string' && dialects.some(({ empties }) => empties[at]))) {
      kept.push(column.name);
      column.type = 'string';
    }
  });
  if (kept.length > 0) warnings.add(`Read as text, because fields are quoted (OpenCSVSerde): ${kept.slice(0, 20).join(', ')}. Cast them in queries.`);
}
