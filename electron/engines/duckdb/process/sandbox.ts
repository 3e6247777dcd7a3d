import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { DeskTable, Sandbox } from './protocol.ts';
import { exact, identifier, literal, relation } from './sql.ts';

/** The name a result file is attached under while a statement fills it. */
export const TARGET = 'secchi_result';

export interface Desk {
  connection: DuckDBConnection;
  /** Tables whose files could not be read, and why: a statement that fails for want of one says that. */
  unreadable: Map<string, unknown>;
  /** The empty file for the rows, attached as TARGET; `rowGroup`: rows of a group in it. */
  attachTarget(rowGroup: number): Promise<void>;
  close(): void;
}

/**
 * A database for one statement: nothing of another one is in it, and nothing outlives it. It can read what `sandbox` names
 * and write its target; no network, no extensions, and no setting can be changed any more.
 */
export async function openDesk(sandbox: Sandbox, tables: DeskTable[], target?: string): Promise<Desk> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: sandbox.memoryLimit,
    temp_directory: sandbox.tempDir,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    errors_as_json: 'true',
    preserve_insertion_order: 'true',
  });
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    const settings = [
      "SET GLOBAL TimeZone = 'UTC'",
      `SET allowed_paths = [${[...sandbox.files.flatMap((file) => [...new Set([file, exact(file)])]), ...(target ? ['', '.wal', '.wal.checkpoint'].map((end) => `${target}${end}`) : [])].map(literal).join(', ')}]`,
      `SET allowed_directories = [${[...sandbox.folders, sandbox.tempDir].map(literal).join(', ')}]`,
      'SET enable_external_access = false',
      'CREATE SCHEMA files',
      'CREATE SCHEMA results',
    ];
    for (const setting of settings) await connection.run(setting);
    const unreadable = new Map<string, unknown>();
    for (const table of tables) {
      await connection.run(`CREATE VIEW ${table.schema}.${identifier(table.name)} AS FROM ${relation(table)}`).catch((error: unknown) => unreadable.set(table.name.toLowerCase(), error));
    }
    await connection.run("SET search_path = 'memory.main,memory.files'");
    await connection.run('SET lock_configuration = true');
    return {
      ...{ connection, unreadable, close },
      async attachTarget(rowGroup) {
        await connection.run(`ATTACH ${literal(target!)} AS ${TARGET} (ROW_GROUP_SIZE ${rowGroup})`);
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}
