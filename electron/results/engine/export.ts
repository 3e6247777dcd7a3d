import { rm } from 'node:fs/promises';
import type { Call } from '../../processes/child.ts';
import type { Database } from './database.ts';
import { copyStatement, lossyColumns } from './exportSql.ts';
import type { ExportRequest } from './protocol.ts';

const PROGRESS_EVERY_MS = 100;

/** Copies all rows to `target`; a cancelled or failed copy leaves nothing. */
export async function exportRows(database: Database, request: ExportRequest, { signal, progress }: Call): Promise<void> {
  try {
    await database.use(
      request.file,
      async (connection, table) => {
        let asText = new Set<number>();
        if (request.format === 'parquet') {
          const lossy = (await connection.runAndReadAll(lossyColumns(table, request.columns))).getColumns();
          asText = new Set(lossy.flatMap(([lost], i) => (lost ? [i] : [])));
        }
        for (const setting of ['SET enable_progress_bar = true', 'SET enable_progress_bar_print = false', 'SET progress_bar_time = 0']) await connection.run(setting);
        progress(0); // it has begun: whoever cancels from here on stops the copy itself
        const timer = setInterval(() => progress(Number(connection.progress.rows_processed)), PROGRESS_EVERY_MS);
        try {
          await connection.run(copyStatement(table, request, asText));
        } finally {
          clearInterval(timer);
        }
      },
      signal,
    );
  } catch (error) {
    await rm(request.target, { force: true });
    throw error;
  }
}
