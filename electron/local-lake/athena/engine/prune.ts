import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier } from '../format/literals.ts';
import type { PruneRequest } from './protocol.ts';

/** The indices of the partitions for which the condition is true. */
export async function prunePartitions(connection: DuckDBConnection, { keys, predicate, values }: PruneRequest): Promise<number[]> {
  const columns = keys.map(({ name, duckdbType }, i) => `CAST(value[${i + 1}] AS ${duckdbType}) AS ${identifier(name)}`);
  const list = `from_json($1::JSON, '[["VARCHAR"]]')`;
  const rows = `SELECT unnest(${list}) AS value, generate_subscripts(${list}, 1) - 1 AS partition_index`;
  const sql = `SELECT partition_index FROM (SELECT partition_index, ${columns.join(', ')} FROM (${rows})) WHERE ${predicate} ORDER BY partition_index`;
  const reader = await connection.runAndReadAll(sql, [JSON.stringify(values)]);
  return reader.getRows().map(([index]) => Number(index));
}
