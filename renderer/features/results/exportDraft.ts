import type { ExportFormat, ExportOptions } from '../../../shared/contract/resultExports.ts';
import { excelSheetRows } from '../../../shared/excel.ts';

export const exportFormats: ExportFormat[] = ['csv', 'tsv', 'json', 'jsonl', 'parquet', 'xlsx', 'sql'];

/** How an export is to be written, whatever its format; kept between exports. */
export interface ExportDraft {
  format: ExportFormat;
  delimiter: NonNullable<ExportOptions['delimiter']>;
  quoting: NonNullable<ExportOptions['quoting']>;
  nullText: string;
  header: boolean;
  bom: boolean;
  escapeFormulas: boolean;
  split: boolean;
  table: string;
}

export const plainDraft: ExportDraft = { format: 'csv', delimiter: ',', quoting: 'needed', nullText: '', header: true, bom: false, escapeFormulas: false, split: true, table: '' };

/** What of a draft its format knows. */
export function optionsOf({ format, delimiter, quoting, nullText, header, bom, escapeFormulas, split, table }: ExportDraft): Partial<ExportOptions> {
  switch (format) {
    case 'csv':
      return { delimiter, quoting, nullText, header, bom, escapeFormulas };
    case 'tsv':
      return { quoting, nullText, header, bom, escapeFormulas };
    case 'xlsx':
      return { header, split };
    case 'sql':
      return table.trim() ? { table: table.trim() } : {};
    default:
      return {};
  }
}

/** Excel sheets so many rows take. */
export const sheetCount = (rows: number, header: boolean): number => Math.max(1, Math.ceil(rows / (excelSheetRows - (header ? 1 : 0))));
