import type { ChartData, ChartFacts, ChartSpec, ChartWindow } from '../../../shared/contract/charts.ts';
import type { ColumnProfile, SelectionStats, ValueCount } from '../../../shared/contract/resultAnalysis.ts';
import type { ExportFormat, ExportOptions } from '../../../shared/contract/resultExports.ts';
import type { PivotSpec, ResultColumn, RowsSpec } from '../../../shared/contract/resultViews.ts';

/** A view of other columns than its source's. */
interface Derived {
  rows: number;
  bytes: number;
  columns: ResultColumn[];
}

/** What the results engine is asked, by method. Paths are absolute and inside the folders it was started with. */
export interface EngineMethods {
  /** An empty result in a new database file; what was there before is replaced. `inMemory`: until it settles. */
  create: { args: { file: string; columns: ResultColumn[]; inMemory: boolean }; value: void };
  /**
   * The next records of a result as Athena writes it (CSV without the header), in order: a file of `bytes`, which is
   * deleted. `last`: no more come. Answers with the rows stored so far.
   */
  append: { args: { file: string; part: string; bytes: number; last: boolean }; value: { rows: number } };
  /** Puts all of a loaded result into its file; it can be read meanwhile. Answers with the file's bytes. */
  settle: { args: { file: string; columns: ResultColumn[] }; value: { bytes: number } };
  /** Rows [start, start + count), column-major: of these columns, by place, or of the first so many. */
  page: { args: { file: string; columns: number | number[]; start: number; count: number }; value: { cells: (string | null)[][] } };
  /** Writes the rows of `file` that pass, in an order, to `target`: copies, or `byRow` their ids, good as long as `file` is there. Progress: percent (number). */
  view: { args: { file: string; target: string; columns: ResultColumn[]; byRow?: boolean | undefined; spec: Pick<RowsSpec, 'filters' | 'search' | 'sort'> }; value: { rows: number; bytes: number } };
  /** Writes a pivot of `file` to `target`. Progress: percent (number). */
  pivot: { args: { file: string; target: string; columns: ResultColumn[]; spec: PivotSpec }; value: Derived };
  /** Writes what differs between `file` and an earlier result to `target`. Progress: percent (number). */
  compare: { args: { file: string; columns: ResultColumn[]; before: { file: string; columns: ResultColumn[] }; target: string; keys: string[] }; value: Derived };
  /** Of rows [top, bottom] of some columns; `about` are all columns of the file. */
  stats: { args: { file: string; about: ResultColumn[]; top: number; bottom: number; columns: number[] }; value: SelectionStats };
  topValues: { args: { file: string; column: number; contains: string; max: number }; value: ValueCount[] };
  profile: { args: { file: string; column: number; about: ResultColumn; rows: number }; value: ColumnProfile };
  /** Writes all rows to `target`. Progress: rows so far (number). */
  export: { args: ExportRequest; value: void };
  /** What a chart shows of the rows. `width`: px it is drawn at. */
  chart: { args: { file: string; columns: ResultColumn[]; spec: ChartSpec; window?: ChartWindow | undefined; width: number }; value: ChartData };
  chartFacts: { args: { file: string; columns: number; rows: number }; value: ChartFacts };
  /** Lets go of a file, so that it can be deleted. */
  release: { args: { file: string }; value: void };
}

export interface ExportRequest {
  file: string;
  target: string;
  columns: ResultColumn[];
  format: ExportFormat;
  options: ExportOptions;
}

/** How the process is started: one JSON argument. */
export interface EngineOptions {
  /** Folders it may touch. */
  folders: string[];
  /** Where DuckDB spills. */
  tempDir: string;
  /** e.g. `1GB`. */
  memoryLimit: string;
}
