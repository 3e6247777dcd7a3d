import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { AppError } from '../../../../shared/errors.ts';
import type { AwsConnections } from '../../../aws/types.ts';
import { decodeKey } from '../../s3/keys.ts';

export interface DataFile {
  key: string;
  /** Bytes. */
  size: number;
}

/** Where a table's files are, and some of them. */
export interface Files {
  /** The table's prefix: empty, or ending in `/`. */
  location: string;
  /** The object that was pointed at, where it was one. */
  chosen?: DataFile;
  /** Files Athena would read there: the first thousand keys' worth, in key order. */
  found: DataFile[];
  /** There are more than were listed. */
  more: boolean;
}

interface Place {
  connectionId: string;
  bucket: string;
  prefix: string;
}

/** Athena reads no file or folder whose name begins with `_` or `.`, and nothing that is empty. */
const isData = (location: string, { key, size }: DataFile): boolean => size > 0 && !key.endsWith('/') && !key.slice(location.length).split('/').some((name) => /^[_.]/.test(name));

async function list(aws: AwsConnections, { connectionId, bucket, prefix }: Place, max: number, signal?: AbortSignal): Promise<{ files: DataFile[]; more: boolean }> {
  const page = await aws.attempt({ connectionId, action: 's3:ListBucket', resource: `s3://${bucket}/${prefix}` }, ({ s3 }) =>
    s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: max, EncodingType: 'url' }), { abortSignal: signal }),
  );
  return { files: (page.Contents ?? []).map(({ Key, Size }) => ({ key: page.EncodingType === 'url' ? decodeKey(Key!) : Key!, size: Size ?? 0 })), more: page.IsTruncated === true };
}

/** The prefix above the first `name=value` folder, or the folder itself. */
export function tableRoot(folder: string): string {
  const segments = folder.split('/');
  const first = segments.findIndex((segment) => /^[^=]+=/.test(segment));
  return first < 0 ? folder : segments.slice(0, first).map((segment) => `${segment}/`).join('');
}

/**
 * The table location an object or prefix stands for, and its files. An Athena location is a prefix, so an object's table
 * is its folder, above Hive partitions (`month=1/`). NotFound where there is nothing to read.
 */
export async function filesAt(aws: AwsConnections, place: Place, signal?: AbortSignal): Promise<Files> {
  const { bucket, prefix } = place;
  let chosen: DataFile | undefined;
  let folder = prefix;
  if (prefix !== '' && !prefix.endsWith('/')) {
    chosen = (await list(aws, place, 1, signal)).files.find((file) => file.key === prefix);
    folder = chosen ? prefix.slice(0, prefix.lastIndexOf('/') + 1) : `${prefix}/`;
  }
  const location = tableRoot(folder);
  const { files, more } = await list(aws, { ...place, prefix: location }, 1000, signal);
  const found = files.filter((file) => isData(location, file));
  if (chosen && chosen.size === 0) throw new AppError('BadInput', `s3://${bucket}/${prefix} is empty.`, { detail: 'A table needs a file with rows to look at.' });
  if (!chosen && found.length === 0) {
    throw new AppError('NotFound', `There are no data files below s3://${bucket}/${location}.`, { detail: 'Files that are empty, or whose name begins with "_" or ".", are not read by Athena.' });
  }
  return { location, chosen, found, more };
}
