import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { AwsConnections } from '../../aws/types.ts';
import { overlapOf, placeOf } from './listing.ts';

/** A table's metadata grows with its snapshots; larger ones are not read. */
const MOST_BYTES = 32 * 1024 ** 2;

interface Metadata {
  'current-snapshot-id'?: number | null;
  snapshots?: { 'snapshot-id': number; summary?: Record<string, string> }[];
}

/**
 * The most an Iceberg table's current snapshot can make a query read: the size of all its files, by the snapshot's own
 * summary. undefined where it states no size, or has delete files, which are read again for many data files.
 * https://iceberg.apache.org/spec/#optional-snapshot-summary-fields
 */
export async function icebergBytes(aws: AwsConnections, connectionId: string, parameters: Record<string, string>, abortSignal: AbortSignal): Promise<{ bytes: number; objects: number } | undefined> {
  const at = /^s3[an]?:\/\/([^/]+)\/(.+)$/s.exec(parameters.metadata_location ?? '');
  if (!at || !placeOf(parameters.metadata_location!)) return undefined;
  const [, Bucket, Key] = at;
  const text = await aws.attempt({ connectionId, action: 's3:GetObject', resource: parameters.metadata_location! }, async ({ s3 }) => {
    const answer = await s3.send(new GetObjectCommand({ Bucket, Key }), { abortSignal });
    if ((answer.ContentLength ?? Infinity) > MOST_BYTES || Key!.includes('.gz')) {
      (answer.Body as { destroy?(): void } | undefined)?.destroy?.();
      return undefined;
    }
    return answer.Body?.transformToString();
  });
  return text === undefined ? undefined : snapshotBytes(text);
}

/** The size of the current snapshot, from the text of the metadata file. */
export function snapshotBytes(text: string): { bytes: number; objects: number } | undefined {
  // Snapshot ids are 64-bit numbers: as texts they compare exactly.
  const exact = text.replace(/("(?:current-)?snapshot-id"\s*:\s*)(-?\d+)/g, '$1"$2"');
  let metadata: Metadata;
  try {
    metadata = JSON.parse(exact) as Metadata;
  } catch {
    return undefined;
  }
  const id = metadata['current-snapshot-id'];
  if (id === undefined || id === null || String(id) === '-1') return { bytes: 0, objects: 0 };
  const summary = metadata.snapshots?.find((one) => String(one['snapshot-id']) === String(id))?.summary;
  const number = (name: string) => (/^\d+$/.test(summary?.[name] ?? '') ? Number(summary![name]) : undefined);
  const [bytes, files, deletes] = [number('total-files-size'), number('total-data-files'), number('total-delete-files')];
  if (bytes === undefined || files === undefined || deletes !== 0) return undefined;
  // Every file may be split: as much again as one large file of the same size would, and a piece for each.
  return { bytes: bytes + overlapOf(bytes) + files * overlapOf(4 * 1024 ** 2), objects: files };
}
