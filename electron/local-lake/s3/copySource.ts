import type { ObjectRecord } from '../objects/records.ts';
import { copySourceCondition } from './conditions.ts';
import { header, type S3Context } from './context.ts';
import { invalidArgument, noSuchKey } from './errors.ts';

export interface CopySource {
  bucket: string;
  key: string;
}

/** `x-amz-copy-source`: `bucket/key` or `/bucket/key`, percent-encoded, perhaps with `?versionId=null`. */
export function copySourceOf(context: S3Context): CopySource {
  const text = header(context, 'x-amz-copy-source') ?? '';
  const invalid = (message: string) => invalidArgument(message, 'x-amz-copy-source', text);
  const [source = '', version] = text.split('?versionId=');
  if (version !== undefined && version !== 'null') throw invalid('Invalid version id specified');
  let path: string;
  try {
    path = decodeURIComponent(source).replace(/^\//, '');
  } catch {
    throw invalid('Copy Source must mention the source bucket and key: sourcebucket/sourcekey');
  }
  const slash = path.indexOf('/');
  if (slash <= 0 || slash === path.length - 1) throw invalid('Copy Source must mention the source bucket and key: sourcebucket/sourcekey');
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}

/** The source's record, its conditions checked. */
export async function sourceRecord(context: S3Context, source: CopySource): Promise<ObjectRecord> {
  const record = await context.store.head(source.bucket, source.key);
  if (!record) throw noSuchKey(source.key);
  copySourceCondition(context.request, record);
  return record;
}
