import type { ObjectFacts } from '../../../shared/contract/s3Objects.ts';

/** One thing S3 says of a version, in both; `undefined`: not set. */
export interface ComparedField {
  group: 'object' | 'header' | 'metadata' | 'tag' | 'checksum';
  name: string;
  before: string | undefined;
  after: string | undefined;
}

/** Text that is compared at all, bytes of each. */
export const MOST_TEXT = 1024 * 1024;

const pairs = (group: ComparedField['group'], before: Record<string, string | undefined>, after: Record<string, string | undefined>): ComparedField[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().map((name) => ({ group, name, before: before[name], after: after[name] }));

const objectFields = ({ size, modified, etag, versionId, archive, encryption }: ObjectFacts): Record<string, string | undefined> => ({
  size: String(size),
  modified,
  etag,
  version: versionId,
  storageClass: archive.storageClass,
  encryption: encryption && [encryption.algorithm, encryption.kmsKeyId].filter(Boolean).join(' · '),
});

/** Everything S3 says of two versions, side by side; what is not set in either is left out. */
export function comparedFields(before: ObjectFacts, after: ObjectFacts): ComparedField[] {
  const [left, right] = [objectFields(before), objectFields(after)];
  return [
    ...Object.keys(left).map((name) => ({ group: 'object' as const, name, before: left[name], after: right[name] })),
    ...pairs('header', before.headers, after.headers),
    ...pairs('metadata', before.metadata, after.metadata),
    ...pairs('tag', before.tags ?? {}, after.tags ?? {}),
    ...pairs('checksum', before.checksums, after.checksums),
  ].filter(({ before: one, after: other }) => one !== undefined || other !== undefined);
}

/** A text, or undefined where the bytes are none. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\u0000') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** The whole content of both is the same. A digest says so; so does a checksum both have of the whole object. */
export function sameContent(before: ObjectFacts, after: ObjectFacts): boolean {
  if (before.size !== after.size) return false;
  const shared = Object.keys(before.checksums).find((name) => after.checksums[name] !== undefined);
  if (shared && before.checksumType !== 'COMPOSITE' && after.checksumType !== 'COMPOSITE') return before.checksums[shared] === after.checksums[shared];
  return before.etag === after.etag;
}
