import type { ChartData, ChartSpec } from '../../../../shared/contract/charts.ts';
import { addNote, layOut, noteRepeated, toGroups } from './answer.ts';
import { measureSql } from './measures.ts';
import type { SeriesColumn } from './seriesColumn.ts';
import { SOURCE, type Source } from './source.ts';

/** Which groups are kept when there are too many, and in which order. `first`: the first row of each. */
const ORDERS: Record<ChartSpec['sort'], string> = {
  valueDown: 'weight DESC NULLS LAST, first',
  valueUp: 'weight ASC NULLS LAST, first',
  xUp: 'weight DESC NULLS LAST, first',
  xDown: 'weight DESC NULLS LAST, first',
  result: 'first',
};

/** Bars, slices, cells over the values of a column: the largest `limit` of them, the rest as "Other". */
export async function textAxis(source: Source, spec: ChartSpec, series: SeriesColumn): Promise<ChartData> {
  const { connection, fields } = source;
  const notes = [...source.notes];
  const name = fields.x!.print('name');
  const weight = fields.y.length > 0 ? measureSql(fields.y[0]!, 0) : 'count(*)';
  const sorted = fields.x!.role === 'text' ? 'NULL' : fields.x!.role === 'time' ? 'min(epoch_ms(x))' : 'min(x)';
  await connection.run(`CREATE TEMP TABLE chart_groups AS
    SELECT *, count(*) OVER () AS groups, row_number() OVER (ORDER BY ${ORDERS[spec.sort]}) - 1 AS rank
    FROM (SELECT xs AS name, ${weight} AS weight, min(rowid) AS first, ${sorted} AS sorted FROM ${SOURCE} GROUP BY xs) QUALIFY rank < ${spec.limit}`);
  // By name or value, NULL last; DuckDB compares text by its bytes, people by their alphabet.
  const order = spec.sort === 'xUp' || spec.sort === 'xDown' ? `sorted ${spec.sort === 'xUp' ? 'ASC' : 'DESC'} NULLS LAST, name IS NULL, nfc_normalize(lower(${name})) ${spec.sort === 'xUp' ? 'ASC' : 'DESC'}, rank` : 'rank';
  const [names = [], ranks = [], counts = []] = (await connection.runAndReadAll(`SELECT left(${name}, 300), CAST(rank AS DOUBLE), CAST(groups AS DOUBLE) FROM temp.chart_groups ORDER BY ${order}`)).getColumns();
  const more = names.length > 0 ? Number(counts[0]) - names.length : 0;
  const other = more > 0 && spec.other;
  const places = [...(names as (string | null)[]), ...(other ? [null] : [])];
  const placeOf = new Map(ranks.map((rank, at) => [Number(rank), at]));

  const values = fields.y.map((measure, i) => `, CAST(${measureSql(measure, i)} AS VARCHAR)`).join('');
  const groups = toGroups(
    (
      await connection.runAndReadAll(`SELECT CAST(gs.rank AS DOUBLE), CAST(${series.rank} AS DOUBLE) AS sr, CAST(count(*) AS DOUBLE)${values}
      FROM ${SOURCE} LEFT JOIN temp.chart_groups gs ON xs IS NOT DISTINCT FROM gs.name ${series.join} GROUP BY gs.rank, sr`)
    ).getColumns(),
  ).filter(({ x }) => x !== null || other);
  addNote(notes, other ? 'otherGroups' : 'groupsLeftOut', more);
  addNote(notes, 'otherSeries', series.others);
  noteRepeated(notes, fields.y, groups.filter(({ x }) => x !== null));
  const laid = layOut(groups, places, ({ x }) => (x === null ? places.length - 1 : placeOf.get(Number(x))!), fields.y, series, false);
  return { rows: source.rows, x: { kind: 'text', ...(other ? { other } : {}) }, series: laid, notes };
}
