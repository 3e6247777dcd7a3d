import type { CutBucket } from '../../../../shared/charts/buckets.ts';

const TRUNCATED: Partial<Record<CutBucket, string>> = { minute5: '5 minutes', minute15: '15 minutes', hour6: '6 hours' };

/** SQL of the start of the bucket a TIMESTAMP is in. Right before 1970, too. */
export function bucketSql(time: string, bucket: CutBucket): string {
  const width = TRUNCATED[bucket];
  return width ? `time_bucket(INTERVAL '${width}', ${time})` : `date_trunc('${bucket}', ${time})`;
}
