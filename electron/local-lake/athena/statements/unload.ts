import type { DdlStatement } from '../../../../shared/sql/ddl/ast.ts';
import { withSlash } from '../s3Location.ts';
import { writeFormat } from '../tables/writeFormat.ts';
import { partitionColumns } from './createTableAs.ts';
import type { Outcome, StatementRun } from './outcome.ts';
import { describeQuery } from './query.ts';
import { requireEmpty, writeRows } from './writeRows.ts';

/** UNLOAD (…) TO 's3://…'. https://docs.aws.amazon.com/athena/latest/ug/unload.html */
export async function unload(run: StatementRun, statement: Extract<DdlStatement, { kind: 'unload' }>): Promise<Outcome> {
  const location = withSlash(statement.to);
  const format = writeFormat(statement.properties);
  await requireEmpty(run, location, 'UNLOAD');
  const query = { sql: statement.query.sql };
  const columns = await describeQuery(run, query);
  const partitionBy = partitionColumns(statement.properties['partitioned_by'], columns.map((column) => column.name));
  const { rows, objects } = await writeRows(run, query, { location, format, partitionBy });
  return { kind: 'written', rows, objects };
}
