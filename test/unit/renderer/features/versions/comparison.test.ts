import { expect, test } from 'vitest';
import type { ObjectFacts } from '../../../../../shared/contract/s3Objects.ts';
import { comparedFields, sameContent, textOf } from '../../../../../renderer/features/versions/comparison.ts';

const facts = (more: Partial<ObjectFacts>): ObjectFacts => ({
  key: 'k', size: 5, modified: '2026-01-01T00:00:00.000Z', etag: '"a"', versionId: 'v', archive: { state: 'none', storageClass: 'STANDARD' },
  headers: {}, metadata: {}, missingMetadata: 0, tags: {}, checksums: {}, lock: {}, ...more,
});

test('every field either version has is there once, with what each says', () => {
  const before = facts({ headers: { contentType: 'text/csv' }, metadata: { a: '1', gone: 'x' }, tags: null });
  const after = facts({ size: 6, headers: { contentType: 'text/csv' }, metadata: { a: '2' }, tags: { team: 'lake' }, checksums: { CRC32: 'abc' } });
  const fields = comparedFields(before, after);
  expect(fields.filter((one) => one.before !== one.after)).toEqual([
    { group: 'object', name: 'size', before: '5', after: '6' },
    { group: 'metadata', name: 'a', before: '1', after: '2' },
    { group: 'metadata', name: 'gone', before: 'x', after: undefined },
    { group: 'tag', name: 'team', before: undefined, after: 'lake' },
    { group: 'checksum', name: 'CRC32', before: undefined, after: 'abc' },
  ]);
  expect(fields).toContainEqual({ group: 'header', name: 'contentType', before: 'text/csv', after: 'text/csv' });
});

test('content is the same by size and a checksum of the whole, else by ETag', () => {
  expect(sameContent(facts({}), facts({}))).toBe(true);
  expect(sameContent(facts({}), facts({ size: 4 }))).toBe(false);
  expect(sameContent(facts({}), facts({ etag: '"b"' }))).toBe(false);
  // Uploaded in parts, then in one piece: two ETags, one content.
  expect(sameContent(facts({ checksums: { CRC64NVME: 'x' } }), facts({ etag: '"b"', checksums: { CRC64NVME: 'x' } }))).toBe(true);
  expect(sameContent(facts({ checksums: { CRC32: 'x' }, checksumType: 'COMPOSITE' }), facts({ etag: '"b"', checksums: { CRC32: 'x' } }))).toBe(false);
});

test('bytes that are no UTF-8, or hold NUL, are no text', () => {
  expect(textOf(new TextEncoder().encode('서울\n'))).toBe('서울\n');
  expect(textOf(Uint8Array.of(0xbc, 0xad))).toBeUndefined();
  expect(textOf(Uint8Array.of(65, 0, 66))).toBeUndefined();
});
