import { describe, expect, test } from 'vitest';
import { merged, mergedHeaders, needsCopy, needsLegalHold, needsRetention, needsTags, NO_CHANGE, type Described, type ObjectChange } from '../../../../shared/objects/change.ts';
import { problemsAfter, problemsOf } from '../../../../shared/objects/limits.ts';

const object: Described = { headers: { contentType: 'text/csv', cacheControl: 'no-store' }, metadata: { owner: 'lake' }, tags: { a: 'b' }, lock: {} };
const change = (some: Partial<ObjectChange>): ObjectChange => ({ ...NO_CHANGE, ...some });

describe('a change of what is said of an object', () => {
  test('keeps what it does not name, whatever the names', () => {
    expect(merged({ a: '1', constructor: 'x' }, { b: '2', a: null })).toEqual({ constructor: 'x', b: '2' });
    expect(Object.entries(merged(JSON.parse('{"__proto__":"kept"}') as Record<string, string>, { toString: 'y' }))).toEqual([['__proto__', 'kept'], ['toString', 'y']]);
  });

  test('an object without a type has the one S3 gives it', () => {
    expect(mergedHeaders(object.headers, { contentType: null })).toEqual({ contentType: 'binary/octet-stream', cacheControl: 'no-store' });
  });

  test.each<[string, Partial<ObjectChange>, boolean]>([
    ['nothing', {}, false],
    ['the same header', { headers: { cacheControl: 'no-store' } }, false],
    ['another header', { headers: { cacheControl: 'max-age=1' } }, true],
    ['removing what is not there', { headers: { expires: null }, metadata: { no: null } }, false],
    ['metadata removed', { metadata: { owner: null } }, true],
    ['tags only', { tags: { a: 'c' } }, false],
  ])('%s: a copy is needed or not', (_, some, copy) => expect(needsCopy(object, change(some))).toBe(copy));

  test('tags that could not be read are written, the same ones are not', () => {
    expect(needsTags(object, change({ tags: { a: 'b', gone: null } }))).toBe(false);
    expect(needsTags({ ...object, tags: null }, change({ tags: { a: 'b' } }))).toBe(true);
  });

  test('retention is compared to the second, and a hold that was never set is off', () => {
    const locked = { ...object, lock: { mode: 'GOVERNANCE', until: '2030-01-01T00:00:00.000Z' } };
    const retention = { mode: 'GOVERNANCE' as const, until: '2030-01-01T00:00:00.400Z', bypass: false };
    expect(needsRetention(locked, change({ retention }))).toBe(false);
    expect(needsRetention(locked, change({ retention: { ...retention, mode: 'COMPLIANCE' } }))).toBe(true);
    expect([needsRetention(locked, change({ retention: null })), needsRetention(object, change({ retention: null }))]).toEqual([true, false]);
    expect([needsLegalHold(object, change({ legalHold: false })), needsLegalHold(object, change({ legalHold: true }))]).toEqual([false, true]);
  });
});

describe('the limits of S3', () => {
  test.each<[Partial<ObjectChange>, string | undefined]>([
    [{ headers: { contentType: 'text/csv; charset=utf-8' } }, undefined],
    [{ headers: { contentType: 'csv' } }, 'contentType'],
    [{ headers: { cacheControl: 'größe' } }, 'headerCharacters'],
    [{ headers: { cacheControl: 'a\r\nx-amz-acl: public-read' } }, 'headerCharacters'],
    [{ headers: { expires: 'tomorrow-ish' } }, 'expires'],
    [{ headers: { websiteRedirect: 'there' } }, 'redirect'],
    [{ metadata: { 'a b': '1' } }, 'metadataName'],
    [{ metadata: { Owner: '1' } }, 'metadataName'],
    [{ metadata: { owner: '데이터' } }, undefined],
    [{ metadata: { owner: ' x' } }, 'metadataValue'],
    [{ metadata: { owner: 'a\nb' } }, 'metadataValue'],
    [{ tags: { '팀/a b': '+-=._:/@' } }, undefined],
    [{ tags: { 'aws:a': 'b' } }, 'tagReserved'],
    [{ tags: { 'a!': 'b' } }, 'tagName'],
    [{ tags: { a: 'b!' } }, 'tagValue'],
    [{ tags: { ['k'.repeat(129)]: 'b' } }, 'tagNameLength'],
    [{ tags: { a: 'v'.repeat(257) } }, 'tagValueLength'],
    [{ tags: { 'a!': null } }, undefined],
    [{ retention: { mode: 'GOVERNANCE', until: '2001-01-01T00:00:00.000Z', bypass: false } }, 'retentionDate'],
  ])('%j: %s', (some, code) => expect(problemsOf(change(some))[0]?.code).toBe(code));

  test('2 KB of metadata in UTF-8 and ten tags, as the object would be', () => {
    const metadata = { a: 'x'.repeat(2047) };
    expect(problemsAfter({ metadata, tags: {} }, change({ metadata: { a: 'x'.repeat(2047) } }))).toEqual([]);
    expect(problemsAfter({ metadata: {}, tags: {} }, change({ metadata: { a: '호'.repeat(700) } }))).toMatchObject([{ code: 'metadataSize' }]);
    const tags = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`t${n}`, '']));
    expect(problemsAfter({ metadata: {}, tags }, change({ tags: { t0: null, more: '' } }))).toEqual([]);
    expect(problemsAfter({ metadata: {}, tags }, change({ tags: { more: '' } }))).toMatchObject([{ code: 'tagCount' }]);
  });
});
