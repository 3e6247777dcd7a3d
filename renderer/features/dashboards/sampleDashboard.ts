import type { TFunction } from 'i18next';
import { makeSpec } from '../../../shared/charts/spec.ts';
import type { ChartSpec } from '../../../shared/contract/charts.ts';
import type { Tile, TilePlace } from '../../../shared/contract/dashboards.ts';

const value = (column: string) => ({ aggregate: 'value' as const, column });

const TOTALS = `SELECT count(*) AS flights,
       round(avg(delay), 1) AS average_delay,
       round(100.0 * count_if(delay > 60) / count(*), 1) AS percent_over_an_hour
FROM samples.flights`;
const BY_DAY = `SELECT date_trunc('day', date) AS day, count(*) AS flights
FROM samples.flights
GROUP BY 1
ORDER BY 1`;
const BY_HOUR = `SELECT hour(date) AS hour, round(avg(delay), 2) AS average_delay
FROM samples.flights
GROUP BY 1
ORDER BY 1`;
const WEEK = `SELECT hour(date) AS hour, format_datetime(date, 'e EEE') AS weekday, round(avg(delay), 1) AS average_delay
FROM samples.flights
GROUP BY 1, 2
ORDER BY 1, 2`;
const BY_AIRPORT = `SELECT a.name AS airport, count(*) AS flights
FROM samples.flights f
JOIN samples.airports a ON a.iata = f.origin
GROUP BY 1
ORDER BY 2 DESC`;
const WEATHER = `SELECT date, weather, temp_max, precipitation
FROM samples.seattle_weather`;

/** Real questions to the sample lake, for a first dashboard. Nothing of them is run yet. */
export function sampleTiles(t: TFunction<'dashboards'>): Tile[] {
  const chart = (title: string, sql: string, at: TilePlace, spec: ChartSpec): Tile => ({ kind: 'chart', id: crypto.randomUUID(), at, title, chart: spec, query: { connectionId: 'local', sql, catalog: 'AwsDataCatalog', workgroup: 'primary', database: 'samples' } });
  return [
    { kind: 'text', id: crypto.randomUUID(), at: { x: 0, y: 0, w: 4, h: 3 }, text: t('sample.text') },
    chart(t('sample.totals'), TOTALS, { x: 4, y: 0, w: 8, h: 3 }, makeSpec({ kind: 'number', y: [value('flights'), value('average_delay'), value('percent_over_an_hour')] })),
    chart(t('sample.byDay'), BY_DAY, { x: 0, y: 3, w: 7, h: 6 }, makeSpec({ kind: 'area', x: 'day', y: [value('flights')] })),
    chart(t('sample.byHour'), BY_HOUR, { x: 7, y: 3, w: 5, h: 6 }, makeSpec({ kind: 'bar', x: 'hour', y: [value('average_delay')], sort: 'xUp', limit: 24 })),
    chart(t('sample.week'), WEEK, { x: 0, y: 9, w: 7, h: 6 }, makeSpec({ kind: 'heatMap', x: 'hour', series: 'weekday', y: [value('average_delay')], sort: 'xUp', limit: 24 })),
    chart(t('sample.byAirport'), BY_AIRPORT, { x: 7, y: 9, w: 5, h: 6 }, makeSpec({ kind: 'bar', x: 'airport', y: [value('flights')], limit: 12, other: false })),
    chart(t('sample.temperature'), WEATHER, { x: 0, y: 15, w: 7, h: 6 }, makeSpec({ kind: 'line', x: 'date', bucket: 'month', y: [{ aggregate: 'avg', column: 'temp_max' }, { aggregate: 'max', column: 'temp_max' }, { aggregate: 'min', column: 'temp_max' }] })),
    chart(t('sample.weather'), WEATHER, { x: 7, y: 15, w: 5, h: 6 }, makeSpec({ kind: 'stackedBar', x: 'date', bucket: 'month', series: 'weather', y: [{ aggregate: 'count' }] })),
  ];
}
