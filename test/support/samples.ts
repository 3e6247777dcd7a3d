import { createRequire } from 'node:module';
import path from 'node:path';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { eventually } from './eventually.ts';
import type { TestLake } from './lake.ts';

/** A file of the npm package the sample lake is filled from. */
export const vegaFile = (name: string): string => path.resolve(path.dirname(createRequire(import.meta.url).resolve('vega-datasets')), '../data', name);

/**
 * DuckDB SQL over the original Parquet file that gives, as text, what Athena writes for
 * `SELECT "date", delay, distance, origin, destination, month FROM samples.flights`: the truth to compare exports with.
 */
export const flightsAsAthenaWrites = (): string =>
  `SELECT strftime("date", '%Y-%m-%d %H:%M:%S.%g') AS "date", delay::VARCHAR AS delay, distance::VARCHAR AS distance, origin, destination, strftime("date", '%Y-%m') AS month FROM read_parquet('${vegaFile('flights-3m.parquet')}')`;

/** Waits until a lake has all its sample tables: who made the data is written last. */
export async function samplesIn(lake: TestLake, deadline = 55_000): Promise<void> {
  const s3 = new S3Client(lake.clientConfig);
  await eventually(() => s3.send(new HeadObjectCommand({ Bucket: 'secchi-samples', Key: 'ATTRIBUTION.txt' })).catch(() => undefined), deadline);
}
