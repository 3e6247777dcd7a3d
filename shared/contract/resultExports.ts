import { z } from 'zod';

export const exportFormat = z.enum(['csv', 'tsv', 'json', 'jsonl', 'parquet', 'xlsx', 'sql']);
export type ExportFormat = z.infer<typeof exportFormat>;

export const exportOptions = z.object({
  /** A leading =, +, -, @ in a text gets an apostrophe (FAULTS 25). CSV and TSV. */
  escapeFormulas: z.boolean().default(false),
  /** CSV. */
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  /** CSV and TSV; NULL is never quoted. */
  quoting: z.enum(['needed', 'all']).optional(),
  /** What NULL is written as. CSV and TSV. */
  nullText: z.string().max(40).regex(/^[^"\r\n\t,;|]*$/, 'must hold no quote, delimiter or line break').optional(),
  header: z.boolean().optional(),
  /** A byte order mark, by which older spreadsheets know UTF-8. CSV and TSV. */
  bom: z.boolean().optional(),
  /** Excel: more rows than a sheet holds go on in further sheets; otherwise they are refused. */
  split: z.boolean().optional(),
  /** SQL: what is inserted into, as it is written: `db.table`. */
  table: z.string().max(300).optional(),
});
export type ExportOptions = z.infer<typeof exportOptions>;
