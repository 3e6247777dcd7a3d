import { describe, expect, it } from 'vitest';
import { takeContents } from '../../../../electron/aws/fastListing.ts';

const answer = (...objects: string[]) => `<?xml version="1.0"?>\n<ListBucketResult><Name>b</Name>${objects.join('')}<KeyCount>${objects.length}</KeyCount></ListBucketResult>`;

describe('objects of a listing, taken out of its XML', () => {
  it('takes key, size, date, ETag and class, and leaves the rest to the SDK', () => {
    const owner = '<Owner><ID>1</ID><DisplayName>Key</DisplayName></Owner>';
    const taken = takeContents(
      answer(`<Contents>\n <Key>a%2Fb</Key> <LastModified>2026-01-02T03:04:05.000Z</LastModified><ETag>&quot;e&quot;</ETag>${owner}<Size>7</Size><StorageClass>GLACIER</StorageClass></Contents>`, '<Contents><Key>&lt;&amp;&#10;&#x1F600;</Key><Size>0</Size></Contents>'),
    )!;
    expect(taken.contents).toEqual([
      { Key: 'a%2Fb', LastModified: new Date('2026-01-02T03:04:05Z'), ETag: '"e"', Size: 7, StorageClass: 'GLACIER' },
      { Key: '<&\n\u{1F600}', Size: 0 },
    ]);
    expect(taken.rest).toBe('<?xml version="1.0"?>\n<ListBucketResult><Name>b</Name><KeyCount>2</KeyCount></ListBucketResult>');
  });

  it('tells a restore from a Glacier class, under way or until when', () => {
    const of = (status: string) => takeContents(answer(`<Contents><Key>a</Key><RestoreStatus>${status}</RestoreStatus><Size>1</Size></Contents>`))!.contents;
    expect(of('<IsRestoreInProgress>true</IsRestoreInProgress>')).toEqual([{ Key: 'a', Size: 1, RestoreStatus: { IsRestoreInProgress: true } }]);
    expect(of('<IsRestoreInProgress>false</IsRestoreInProgress><RestoreExpiryDate>2026-12-01T00:00:00.000Z</RestoreExpiryDate>')).toEqual([
      { Key: 'a', Size: 1, RestoreStatus: { IsRestoreInProgress: false, RestoreExpiryDate: new Date('2026-12-01T00:00:00Z') } },
    ]);
  });

  it('FAULTS 6: leaves an answer that ends in the middle as it is', () => {
    const whole = answer('<Contents><Key>a</Key><Size>1</Size></Contents>', '<Contents><Key>b</Key><Size>1</Size></Contents>');
    for (let end = whole.indexOf('<Contents>') + 1; end < whole.lastIndexOf('</Contents>') + '</Contents>'.length; end += 1) {
      const taken = takeContents(whole.slice(0, end));
      expect(taken === undefined || !taken.rest.endsWith('</ListBucketResult>')).toBe(true);
    }
  });

  it('does not understand an object without a key', () => {
    expect(takeContents(answer('<Contents><Size>1</Size></Contents>'))).toBeUndefined();
  });
});
