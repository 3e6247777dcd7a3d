import type { DuckDBConnection } from '@duckdb/node-api';
import { literal } from '../format/literals.ts';
import type { JsonKeys, JsonKeysRequest } from './protocol.ts';

/** The keys of the objects in JSON-lines files. Lines that are no JSON are passed over: reading them says what is wrong. */
export async function readJsonKeys(connection: DuckDBConnection, { files, compression, sample }: JsonKeysRequest): Promise<JsonKeys> {
  const objects = `SELECT json FROM read_json_objects([${files.map(literal).join(', ')}], format = 'newline_delimited', compression = ${literal(compression)}, ignore_errors = true)`;
  const reader = await connection.runAndReadAll(`SELECT json_group_structure(json)::VARCHAR FROM (${objects}${sample === undefined ? '' : ` LIMIT ${sample}`})`);
  const structure = reader.getRows()[0]?.[0];
  return typeof structure === 'string' ? (keysOf(JSON.parse(structure)) ?? {}) : {};
}

/** A structure is a type's name, a list of one element's structure, or the structures of an object's keys. */
function keysOf(structure: unknown): JsonKeys | null {
  if (Array.isArray(structure)) return keysOf(structure[0]);
  if (structure === null || typeof structure !== 'object') return null;
  return Object.fromEntries(Object.entries(structure).map(([key, inner]) => [key, keysOf(inner)]));
}
