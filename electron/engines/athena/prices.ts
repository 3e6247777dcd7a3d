import type { ExecutionStatus } from '../types.ts';

/** When the table was last compared with https://aws.amazon.com/athena/pricing/ (prices per query, not by capacity). */
export const PRICES_AS_OF = '2022-12-13';

const MB = 1024 ** 2;
const TB = 1024 ** 4;
/** "rounded up to the nearest megabyte, with a 10 MB minimum per query" */
const LEAST_BYTES = 10 * MB;

const FIVE = ['us-east-1', 'us-east-2', 'us-west-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2'];

/** US dollars per TB scanned, by region. */
const PER_TB: Record<string, number> = {
  ...Object.fromEntries(FIVE.map((region) => [region, 5])),
  'us-west-1': 6.75,
  'af-south-1': 6,
  'ap-east-1': 5.5,
  'ap-northeast-3': 6,
  'ap-southeast-2': 5.75,
  'ca-central-1': 5.5,
  'eu-south-1': 5.25,
  'eu-west-3': 7,
  'me-south-1': 6.5,
  'sa-east-1': 9,
};

/** What a query that reads so many bytes costs on AWS, in US dollars; null where the region's price is not known. */
export function priceOfBytes(region: string, bytes: number): number | null {
  const perTb = PER_TB[region];
  return perTb === undefined ? null : (Math.max(LEAST_BYTES, Math.ceil(bytes / MB) * MB) / TB) * perTb;
}

/**
 * What an execution cost on AWS in `region`, in US dollars. Nothing for DDL that reads no rows, for failed queries and
 * before anything was scanned; null where the region's price or the bytes are not known.
 */
export function priceOf(region: string, status: Pick<ExecutionStatus, 'state' | 'statementType' | 'bytesScanned'>): number | null {
  // CREATE TABLE … AS counts as DDL and is billed for what its query reads.
  if (status.state === 'failed' || (status.statementType === 'DDL' && !status.bytesScanned)) return 0;
  if (status.bytesScanned === undefined) return null;
  // A query cancelled before it read anything is free; one that succeeded is not, though it may have read nothing.
  if (PER_TB[region] !== undefined && status.bytesScanned === 0 && (status.state !== 'succeeded' || status.statementType === 'UTILITY')) return 0;
  return priceOfBytes(region, status.bytesScanned);
}
