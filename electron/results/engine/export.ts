import { rm, writeFile } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../../shared/errors.ts';
import type { Call } from '../../processes/child.ts';
import { cellsOf, inOrder, type Cell } from './cells.ts';
import type { Database } from './database.ts';
import { MOST_CHARACTERS, sheetsOf, sheetStatement } from './excel.ts';
import { copyStatement, lossyColumns } from './exportSql.ts';
import { delimitedHead } from './exportText.ts';
import type { ExportRequest } from './protocol.ts';
import { createWorkbook } from './workbook.ts';

const PROGRESS_EVERY_MS = 100;

/** Runs a COPY and tells how many rows it has written, after those before. */
async function copying(connection: DuckDBConnection, statement: string, { progress }: Call, before = 0): Promise<void> {
  for (const setting of ['SET enable_progress_bar = true', 'SET enable_progress_bar_print = false', 'SET progress_bar_time = 0']) await connection.run(setting);
  progress(before); // it has begun: whoever cancels from here on stops the copy itself
  const timer = setInterval(() => progress(before + Number(connection.progress.rows_processed)), PROGRESS_EVERY_MS);
  try {
    await connection.run(statement);
  } finally {
    clearInterval(timer);
  }
}

/** What a file of no rows holds, where COPY itself would write a row's end. */
function emptyFile(request: ExportRequest): string | undefined {
  const { format } = request;
  if (format === 'csv' || format === 'tsv') return delimitedHead(request);
  if (format === 'json') return '[]\n';
  return format === 'jsonl' || format === 'sql' ? '' : undefined;
}

async function assertCellsFit(connection: DuckDBConnection, table: string, columns: Cell[]): Promise<void> {
  const texts = columns.filter(({ typed }) => !typed);
  if (texts.length === 0) return;
  const lengths = (await connection.runAndReadAll(`SELECT ${texts.map(({ key }) => `max(length(${key}))`).join(', ')} FROM ${table}`)).getRows()[0]!;
  const long = lengths.findIndex((length) => Number(length) > MOST_CHARACTERS);
  if (long < 0) return;
  throw new AppError('BadInput', `${texts[long]!.name} holds a text of ${Number(lengths[long]).toLocaleString('en')} characters; an Excel cell holds ${MOST_CHARACTERS.toLocaleString('en')}.`, {
    detail: 'Export it as CSV or Parquet.',
  });
}

async function exportExcel(connection: DuckDBConnection, table: string, columns: Cell[], rows: number, request: ExportRequest, call: Call): Promise<void> {
  const { target, options } = request;
  const sheets = sheetsOf(rows, columns.length, options);
  await assertCellsFit(connection, table, columns);
  const workbook = createWorkbook(target, call.signal);
  const sheetFile = `${target}.sheet.xml`;
  try {
    for (const sheet of sheets) {
      await copying(connection, sheetStatement(table, columns, sheet, options.header ?? true, sheetFile), call, sheet.from);
      await workbook.add(sheet.name, sheetFile);
      call.progress(sheet.to);
    }
    await workbook.end();
  } finally {
    await rm(sheetFile, { force: true });
  }
}

async function exportOther(connection: DuckDBConnection, table: string, cells: Cell[], rows: number, request: ExportRequest, call: Call): Promise<void> {
  const empty = rows === 0 ? emptyFile(request) : undefined;
  if (empty !== undefined) return writeFile(request.target, empty);
  const asText = request.format === 'parquet' ? await lossyColumns(connection, table, cells) : new Set<number>();
  await copying(connection, copyStatement(table, request, cells, asText), call);
}

/** Copies all rows to `target`; a cancelled or failed copy leaves nothing. */
export async function exportRows(database: Database, request: ExportRequest, call: Call): Promise<void> {
  database.assertInside(request.target);
  try {
    await database.use(
      request.file,
      async (connection, table, shape) => {
        const rows = Number((await connection.runAndReadAll(`SELECT count(*) FROM ${table}`)).getRows()[0]![0]);
        await (request.format === 'xlsx' ? exportExcel : exportOther)(connection, inOrder(table, shape), cellsOf(request.columns, shape), rows, request, call);
      },
      call.signal,
    );
  } catch (error) {
    await rm(request.target, { force: true });
    throw error;
  }
}
