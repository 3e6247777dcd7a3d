import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { GetTablesCommand, GlueClient } from '@aws-sdk/client-glue';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { athenaOn } from '../../../support/athena.ts';
import { startLake, type TestLake } from '../../../support/lake.ts';

const vega = path.resolve(path.dirname(createRequire(import.meta.url).resolve('vega-datasets')), '..');
const source = (name: string) => path.join(vega, 'data', name);

/** The fill writes who made the data last but its own marker. */
async function filled(lake: TestLake, deadline = 50_000): Promise<string> {
  const s3 = new S3Client(lake.clientConfig);
  const until = Date.now() + deadline;
  for (;;) {
    try {
      return await (await s3.send(new GetObjectCommand({ Bucket: 'secchi-samples', Key: 'ATTRIBUTION.txt' }))).Body!.transformToString();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

let lake: TestLake;
let sql: ReturnType<typeof athenaOn>;
let attribution: string;

beforeAll(async () => {
  // Killed in the midst of its first fill, it begins again and comes to the same end.
  const first = await startLake({ empty: false });
  const s3 = new S3Client(first.clientConfig);
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    const begun = await s3.send(new GetObjectCommand({ Bucket: 'secchi-samples', Key: 'airports/airports.csv' })).then(() => true, () => false);
    if (begun) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await first.kill();
  lake = await startLake({ empty: false, dataDir: first.dataDir });
  sql = athenaOn(lake, { database: 'samples' });
  attribution = await filled(lake);
});
afterAll(async () => {
  await lake?.stop();
});

describe('the sample lake', () => {
  it('holds every flight of the source, by month and in its order', async () => {
    const duckdb = await (await DuckDBInstance.create(':memory:')).connect();
    const truth = await duckdb.runAndReadAll(`SELECT strftime(date, '%Y-%m') AS month, count(*)::VARCHAR, sum(delay)::VARCHAR, sum(distance)::VARCHAR, count(DISTINCT origin)::VARCHAR FROM '${source('flights-3m.parquet')}' GROUP BY 1 ORDER BY 1`);
    expect(await sql.values('SELECT month, count(*), sum(delay), sum(distance), count(DISTINCT origin) FROM flights GROUP BY month ORDER BY month')).toEqual(truth.getRows());
    const head = await duckdb.runAndReadAll(`SELECT delay::VARCHAR, origin, destination FROM '${source('flights-3m.parquet')}' LIMIT 20`);
    expect(await sql.values('SELECT delay, origin, destination FROM flights LIMIT 20')).toEqual(head.getRows());
    duckdb.closeSync();
  });

  it('has a row for every line, with no value lost on the way', async () => {
    const { TableList } = await new GlueClient(lake.clientConfig).send(new GetTablesCommand({ DatabaseName: 'samples' }));
    const csv: Record<string, string> = { airports: 'airports', birdstrikes: 'birdstrikes', species: 'species', weather: 'weather', zipcodes: 'zipcodes', flights_by_route: 'flights-airport', seattle_weather: 'seattle-weather', co2_concentration: 'co2-concentration', global_temperature: 'global-temp', iowa_electricity: 'iowa-electricity' };
    for (const [table, file] of Object.entries(csv)) {
      const columns = TableList!.find((t) => t.Name === table)!.StorageDescriptor!.Columns!;
      const lines = readFileSync(source(`${file}.csv`), 'utf8').trimEnd().split(/\r?\n/).slice(1);
      // An empty field is an empty text, or no number; only airports.csv has quotes, and no empty field.
      const there = columns.map(({ Type }, i) => lines.filter((line) => Type === 'string' || table === 'airports' || line.split(',')[i] !== '').length);
      const counts = await sql.values(`SELECT count(*), ${columns.map((c) => `count("${c.Name}")`).join(', ')} FROM ${table}`);
      expect([table, ...counts[0]!]).toEqual([table, ...[lines.length, ...there].map(String)]);
    }
    const features = (JSON.parse(readFileSync(source('earthquakes.json'), 'utf8')) as { features: { properties: { mag: number | null; magType: string | null }; geometry: { coordinates: number[] } }[] }).features;
    const strong = features.filter((f) => (f.properties.mag ?? 0) > 5);
    expect(await sql.values('SELECT count(*), count(properties.magtype) FROM earthquakes')).toEqual([[String(features.length), String(features.filter((f) => f.properties.magType !== null).length)]]);
    const found = await sql.values('SELECT geometry.coordinates[1] FROM earthquakes WHERE properties.mag > 5 ORDER BY 1');
    expect(found.map(([x]) => Number(x))).toEqual(strong.map((f) => f.geometry.coordinates[0]!).sort((a, b) => a - b));
  });

  it('says who made each table and on what terms', () => {
    expect(attribution).toMatch(/samples\.airports {2}\(airports\.csv\)\n {2}Source: .+\n {2}Licence: .+/);
    expect(attribution.match(/^samples\./gm)).toHaveLength(attribution.match(/^ {2}Licence:/gm)!.length);
  });

  it('has an empty database beside it', async () => {
    expect(await sql.rows('SHOW DATABASES')).toEqual([['default'], ['samples'], ['staging']]);
    expect(await sql.rows('SHOW TABLES IN staging')).toEqual([]);
  });
});
