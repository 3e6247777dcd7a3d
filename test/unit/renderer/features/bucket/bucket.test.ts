import type { TFunction } from 'i18next';
import { describe, expect, test } from 'vitest';
import { lineDifference } from '../../../../../renderer/features/bucket/difference.ts';
import { leastPolicy } from '../../../../../renderer/features/bucket/leastPolicy.ts';
import { conditionsOf, filterOf } from '../../../../../renderer/features/bucket/lifecycle/types.ts';
import { lifecycleProblems } from '../../../../../renderer/features/bucket/lifecycle/validate.ts';
import { policyRisks } from '../../../../../renderer/features/bucket/policyRisks.ts';
import { asCsv, curlPut } from '../../../../../renderer/features/presign/formats.ts';

/** The key in the words' place. */
const t = ((key: string) => key.replace('rule.problem.', '')) as unknown as TFunction<'bucket'>;
const problems = (...Rules: object[]) => lifecycleProblems({ Rules: Rules.map((rule) => ({ Status: 'Enabled', Filter: { Prefix: '' }, ...rule })) }, t);

test('a difference keeps what both have and shows the rest in order', () => {
  expect(lineDifference('a\nb\nc', 'a\nx\nc\nd')).toEqual([
    { kind: 'same', text: 'a' },
    { kind: 'removed', text: 'b' },
    { kind: 'added', text: 'x' },
    { kind: 'same', text: 'c' },
    { kind: 'added', text: 'd' },
  ]);
  expect(lineDifference('', 'a')).toEqual([{ kind: 'added', text: 'a' }]);
});

describe('a policy', () => {
  const statement = (more: object) => ({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*', ...more }] });
  test('is called public where anyone is let in without a condition', () => {
    expect(policyRisks(statement({}))).toEqual(['public']);
    expect(policyRisks(statement({ Principal: { AWS: ['*'] } }))).toEqual(['public']);
    expect(policyRisks(statement({ Condition: { StringEquals: { 'aws:SourceVpc': 'v' } } }))).toEqual([]);
    expect(policyRisks(statement({ Principal: { AWS: 'arn:aws:iam::1:root' } }))).toEqual([]);
  });
  test('is called a lock-out where everyone is denied the policy itself', () => {
    expect(policyRisks(statement({ Effect: 'Deny', Action: 's3:*' }))).toEqual(['lockout']);
    expect(policyRisks(statement({ Effect: 'Deny', Action: ['s3:Put*'] }))).toEqual(['lockout']);
    expect(policyRisks(statement({ Effect: 'Deny', Action: 's3:DeleteObject' }))).toEqual([]);
  });
});

describe('lifecycle rules', () => {
  test('that S3 takes have no problem', () => {
    expect(problems({ Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }, { Days: 90, StorageClass: 'GLACIER' }], Expiration: { Days: 365 } })).toEqual([]);
    expect(problems({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }, { Expiration: { ExpiredObjectDeleteMarker: true } })).toEqual([]);
  });
  test.each([
    ['nothing', {}],
    ['order', { Transitions: [{ Days: 90, StorageClass: 'STANDARD_IA' }, { Days: 60, StorageClass: 'GLACIER' }] }],
    ['infrequent', { Transitions: [{ Days: 10, StorageClass: 'STANDARD_IA' }] }],
    ['expiresFirst', { Transitions: [{ Days: 90, StorageClass: 'GLACIER' }], Expiration: { Days: 90 } }],
    ['class', { Transitions: [{ Days: 90, StorageClass: 'STANDARD' }] }],
    ['days', { Expiration: { Days: 0 } }],
    ['mixed', { Transitions: [{ Days: 90, StorageClass: 'GLACIER' }], Expiration: { Date: '2030-01-01T00:00:00.000Z' } }],
    ['tagsWith', { Filter: { Tag: { Key: 'a', Value: 'b' } }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }],
    ['sizes', { Filter: { And: { ObjectSizeGreaterThan: 5, ObjectSizeLessThan: 5 } }, Expiration: { Days: 1 } }],
  ])('are refused before they are sent: %s', (problem, rule) => expect(problems(rule)).toEqual([`#1: ${problem}`]));
  test('have unique ids, and are 1,000 at most', () => {
    const rule = { ID: 'a', Expiration: { Days: 1 } };
    expect(problems(rule, rule)).toEqual(['idTwice']);
    expect(problems(...Array.from({ length: 1001 }, () => rule))).toEqual(['many']);
  });
  test('keep every condition through the form', () => {
    const filters = [{ Prefix: '' }, { Prefix: 'a/' }, { Tag: { Key: 'k', Value: 'v' } }, { ObjectSizeLessThan: 9 }, { And: { Prefix: 'a/', Tags: [{ Key: 'k', Value: 'v' }], ObjectSizeGreaterThan: 1 } }];
    for (const Filter of filters) expect(filterOf(conditionsOf({ Filter }))).toEqual(Filter);
  });
});

test('the least policy names the prefix and the denied action, and nothing more', () => {
  expect(leastPolicy({ bucket: 'b', prefix: 'p/', action: 's3:PutObject' })).toEqual({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'ListBelowPrefix', Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::b', Condition: { StringLike: { 's3:prefix': ['p/', 'p/*'] } } },
      { Sid: 'ReadBelowPrefix', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/p/*' },
      { Sid: 'Denied', Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::b/p/*' },
    ],
  });
});

test('addresses leave as CSV and as a curl line a shell reads exactly', () => {
  expect(asCsv([{ key: 'a,"b"', url: 'https://x/?a=1' }], '2026-01-01T00:00:00Z')).toBe('key,url,expires_at\r\n"a,""b""",https://x/?a=1,2026-01-01T00:00:00Z\r\n');
  expect(curlPut("https://x/it's?a&b", 'text/csv')).toBe("curl --fail --upload-file FILE -H 'content-type: text/csv' 'https://x/it'\\''s?a&b'");
});
