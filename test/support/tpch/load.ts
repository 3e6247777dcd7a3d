import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { athenaOn } from '../athena.ts';
import type { TestLake } from '../lake.ts';
import { tpchTables } from './tables.ts';

export const TPCH_BUCKET = 'tpch';

/** Hive's type of a column as DuckDB names it. */
const hiveType = (type: string): string => ({ VARCHAR: 'string', BIGINT: 'bigint', INTEGER: 'int', DATE: 'date' })[type] ?? type.toLowerCase();

export interface Tpch {
  /** A DuckDB that reads the same Parquet files from the disk, under the same table names. */
  direct: DuckDBConnection;
  close(): Promise<void>;
}

/** Makes TPC-H's data, puts it into the lake as `tpch/TABLE/data.parquet` and registers it as database `tpch`. */
export async function loadTpch(lake: TestLake, scale: number): Promise<Tpch> {
  const dir = await mkdtemp(path.join(tmpdir(), 'secchi-tpch-'));
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '2GB', temp_directory: path.join(dir, 'spill') });
  const direct = await instance.connect();
  const s3 = new S3Client(lake.clientConfig);
  const sql = athenaOn(lake);
  try {
    await s3.send(new CreateBucketCommand({ Bucket: TPCH_BUCKET }));
    await sql.ok('CREATE DATABASE tpch');
    for (const [table, select] of Object.entries(tpchTables(scale))) {
      const file = path.join(dir, `${table}.parquet`);
      await direct.run(`COPY (${select}) TO '${file}' (FORMAT parquet, ROW_GROUP_SIZE 100000)`);
      await direct.run(`CREATE VIEW ${table} AS FROM read_parquet('${file}')`);
      await s3.send(new PutObjectCommand({ Bucket: TPCH_BUCKET, Key: `${table}/data.parquet`, Body: createReadStream(file), ContentLength: (await stat(file)).size }));
      const columns = (await direct.runAndReadAll(`DESCRIBE ${table}`)).getRows().map(([name, type]) => `\`${String(name)}\` ${hiveType(String(type))}`);
      await sql.ok(`CREATE EXTERNAL TABLE tpch.${table} (${columns.join(', ')}) STORED AS PARQUET LOCATION 's3://${TPCH_BUCKET}/${table}/'`);
    }
  } finally {
    s3.destroy();
  }
  return {
    direct,
    async close() {
      direct.closeSync();
      instance.closeSync();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
