import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Shape } from './cells.ts';
import { literal } from './types.ts';

/** The column of a table that holds no rows but an order: row ids of another file's. */
export const ROW = 'row';
/** The table that names that file, which is in the same folder. */
const OF = 'of';

interface Known {
  shape: Shape;
  /** The file whose rows it orders. */
  of: string | undefined;
}

/** What the tables of attached files look like. */
export function createShapes() {
  const known = new Map<string, Known>();

  async function read(connection: DuckDBConnection, file: string, alias: string): Promise<Known> {
    const [names = [], types = []] = (await connection.runAndReadAll(`SELECT column_name, column_type FROM (DESCRIBE ${alias}.r)`)).getColumns();
    const shape: Shape = new Map(names.map((name, i) => [name as string, types[i] as string]));
    if (!shape.has(ROW)) return { shape, of: undefined };
    const name = (await connection.runAndReadAll(`SELECT file FROM ${alias}.${OF}`)).getRows()[0]![0] as string;
    return { shape, of: path.join(path.dirname(file), name) };
  }

  return {
    async find(connection: DuckDBConnection, file: string, alias: string): Promise<Known> {
      const found = known.get(file) ?? (await read(connection, file, alias));
      known.set(file, found);
      return found;
    },
    forget: (file: string): void => void known.delete(file),
    /** The table of `file` will hold an order of the rows of another. */
    async note(connection: DuckDBConnection, file: string, alias: string, of: string): Promise<void> {
      if (path.dirname(of) !== path.dirname(file)) throw new Error(`${file} cannot order rows of ${of}.`);
      await connection.run(`CREATE TABLE ${alias}.${OF} AS SELECT ${literal(path.basename(of))} AS file`);
    },
  };
}
