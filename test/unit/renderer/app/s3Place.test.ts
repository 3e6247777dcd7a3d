import { describe, expect, it } from 'vitest';
import { parseS3Uri } from '../../../../renderer/app/s3Place.ts';

describe('a typed path', () => {
  it.each([
    ['s3://b/a/c.csv', { bucket: 'b', prefix: 'a/c.csv' }],
    ['s3://b', { bucket: 'b', prefix: '' }],
    ['S3A://b/x/', { bucket: 'b', prefix: 'x/' }],
    [' b/x/ ', { bucket: 'b', prefix: 'x/' }],
  ])('%s is a place', (text, place) => {
    expect(parseS3Uri(text)).toEqual(place);
  });

  it('FAULTS 5: keeps every character of the key', () => {
    expect(parseS3Uri('s3://b//a b/%20+&#?é')).toEqual({ bucket: 'b', prefix: '/a b/%20+&#?é' });
  });

  it.each(['', 's3://', 's3:///x', 'two words'])('%j has no bucket', (text) => {
    expect(parseS3Uri(text)).toBeNull();
  });
});
