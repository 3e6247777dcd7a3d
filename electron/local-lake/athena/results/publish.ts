import type { QueryExecution, ResultShape } from '../executions/record.ts';
import { QueryFailure } from '../errors.ts';
import { ObjectStoreError } from '../../objects/records.ts';
import { parseS3Location } from '../s3Location.ts';
import type { Outcome, StatementRun } from '../statements/outcome.ts';
import { columnInfo } from './columnInfo.ts';

/**
 * Puts a statement's result where Athena does: rows in `<id>.csv`, text in `<id>.txt`, the list of what was written in
 * `<id>-manifest.csv`, each with the columns in `….metadata`.
 * https://docs.aws.amazon.com/athena/latest/ug/querying.html#query-results-files
 */
export async function publishResult(run: StatementRun, execution: QueryExecution, outcome: Outcome): Promise<ResultShape> {
  const { objects } = run.context;
  const place = parseS3Location(run.outputLocation)!;
  const prefix = `${place.key}${run.id}`;
  const put = (key: string, text: string, contentType: string) => guarded(run, () => objects.put(place.bucket, key, Buffer.from(text), { contentType }));
  const metadata = (key: string, columns: ResultShape['columns']) => put(`${key}.metadata`, JSON.stringify({ ColumnInfo: columns.map(columnInfo) }), 'application/octet-stream');
  const locate = (key: string) => (execution.ResultConfiguration.OutputLocation = `s3://${place.bucket}/${key}`);

  if (outcome.kind === 'rows') {
    const key = `${prefix}.csv`;
    locate(key);
    const { size } = await guarded(run, () => objects.putFile(place.bucket, key, outcome.file, { contentType: 'application/octet-stream' }));
    await metadata(key, outcome.columns);
    return { columns: outcome.columns, format: 'csv', rows: outcome.rows, bytes: size };
  }
  if (outcome.kind === 'text') {
    const key = `${prefix}.txt`;
    locate(key);
    const text = outcome.lines.map((cells) => `${cells.join('\t')}\n`).join('');
    await put(key, text, 'application/octet-stream');
    if (outcome.columns.length > 0) await metadata(key, outcome.columns);
    return { columns: outcome.columns, format: 'text', rows: outcome.lines.length, bytes: Buffer.byteLength(text) };
  }
  const table = outcome.location === undefined ? prefix : `${place.key}tables/${run.id}`;
  locate(table);
  const manifest = `${table}-manifest.csv`;
  await put(manifest, outcome.objects.map((uri) => `${uri}\n`).join(''), 'application/octet-stream');
  execution.Statistics.DataManifestLocation = `s3://${place.bucket}/${manifest}`;
  return { columns: [{ name: 'rows', type: { kind: 'bigint' } }], format: 'none', rows: 0, updateCount: outcome.rows, bytes: 0 };
}

/** A bucket for results that is not there is the user's to mend; say so. */
async function guarded<T>(run: StatementRun, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof ObjectStoreError)) throw error;
    throw new QueryFailure('', `Unable to write the query results to ${run.outputLocation}: ${error.message}. Choose an output location in a bucket that exists.`, 2, 1100);
  }
}
