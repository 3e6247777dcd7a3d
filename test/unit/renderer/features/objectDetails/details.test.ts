import { describe, expect, test } from 'vitest';
import type { ObjectFacts } from '../../../../../shared/contract/s3Objects.ts';
import { NO_CHANGE } from '../../../../../shared/objects/change.ts';
import { commonOf, lookAt } from '../../../../../renderer/features/objectDetails/common.ts';
import { differencesOf } from '../../../../../renderer/features/objectDetails/differences.ts';
import { changeOf, NO_DRAFT, withChange } from '../../../../../renderer/features/objectDetails/draft.ts';
import { notesOf } from '../../../../../renderer/features/objectDetails/notes.ts';

const facts = (some: Partial<ObjectFacts>): ObjectFacts => ({
  ...{ key: 'k', size: 1, modified: '', etag: 'e', archive: { storageClass: 'STANDARD', state: 'none' }, headers: {}, metadata: {}, missingMetadata: 0, tags: {}, checksums: {}, lock: {} },
  ...some,
});

describe('what several objects have in common', () => {
  test('a value of all is theirs; one that differs or is missing somewhere is mixed', () => {
    expect(commonOf([{ a: '1', b: '1', c: '1' }, { a: '1', b: '2', d: '' }])).toEqual({ a: { value: '1' }, b: 'mixed', c: 'mixed', d: 'mixed' });
    expect(commonOf([{ a: '', b: undefined }])).toEqual({ a: { value: '' } });
    expect(commonOf([])).toEqual({});
  });

  test('tags that cannot be read of one are said to be untold', () => {
    expect(lookAt([facts({}), facts({ tags: null })]).tagsUntold).toBe(true);
    expect(lookAt([facts({ lock: { legalHold: false } }), facts({ lock: { legalHold: true } })]).lock).toEqual({ legalHold: 'mixed' });
  });
});

describe('a draft', () => {
  test('typing what is there already is no change; typing over mixed values is', () => {
    expect(withChange({ a: 'x' }, { a: { value: '1' } }, 'a', '1')).toEqual({});
    expect(withChange({}, { a: 'mixed' }, 'a', '')).toEqual({ a: '' });
    expect(withChange({ a: null }, { a: 'mixed' }, 'a', undefined)).toEqual({});
  });

  test('added names join the changes, metadata in lower case, unnamed ones not', () => {
    const added = [{ id: 1, name: ' Owner', value: 'me', remove: false }, { id: 2, name: '', value: 'x', remove: false }, { id: 3, name: 'gone', value: '', remove: true }];
    expect(changeOf({ ...NO_DRAFT, metadata: { changes: { run: null }, added } })).toEqual({ ...NO_CHANGE, metadata: { run: null, owner: 'me', gone: null } });
  });
});

describe('the review', () => {
  test('says what was there: a value, nothing, mixed, or that it was not read', () => {
    const change = { ...NO_CHANGE, headers: { cacheControl: 'x' }, metadata: { a: null }, tags: { t: 'v' } };
    const looked = lookAt([facts({ headers: { cacheControl: 'y' }, metadata: { a: '1' } }), facts({ headers: { cacheControl: 'y' } })]);
    expect(differencesOf(change, looked).map(({ name, before, after }) => [name, before, after])).toEqual([['Cache-Control', { value: 'y' }, 'x'], ['a', 'mixed', null], ['t', undefined, 'v']]);
    expect(differencesOf(change, null).map(({ before }) => before)).toEqual(['unknown', 'unknown', 'unknown']);
  });

  test('warns where there is no undo, and counts what will fail', () => {
    const codes = (...all: Parameters<typeof notesOf>) => notesOf(...all).map(({ code, warning }) => (warning ? `${code}!` : code));
    const header = { ...NO_CHANGE, headers: { cacheControl: 'x' } };
    const looked = { facts: [facts({}), facts({ archive: { storageClass: 'GLACIER', state: 'archived' } })], lockable: 'no' as const, failed: [] };
    expect(codes(header, looked, 'enabled')).toEqual(['copy', 'versions_enabled', 'stuck!', 'aclMany']);
    expect(codes(header, null, 'off')).toEqual(['copy', 'versions_off!', 'aclMany', 'notSeen!']);
    expect(codes({ ...NO_CHANGE, tags: { a: 'b' } }, looked, 'enabled')).toEqual(['tagsNoUndo!']);
  });
});
