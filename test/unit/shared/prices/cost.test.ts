import { describe, expect, test } from 'vitest';
import type { PriceTable, RegionPrices } from '../../../../shared/contract/s3Tiers.ts';
import { Cells, type PricedObject } from '../../../../shared/prices/aggregate.ts';
import { AGE_EDGES, DAY_MS, SIZE_EDGES } from '../../../../shared/prices/buckets.ts';
import { estimate, GB, monthly } from '../../../../shared/prices/cost.ts';
import { restoreCost } from '../../../../shared/prices/restoreCost.ts';
import table from '../../../../shared/prices/s3.json' with { type: 'json' };

const NOW = Date.parse('2026-06-01T00:00:00Z');
const KIB = 1024;
const virginia = (table as PriceTable).regions['us-east-1']!;
const frankfurt = (table as PriceTable).regions['eu-central-1']!;
const cellsOf = (count: number, { days = 400, ...object }: Partial<PricedObject> & { days?: number }) => {
  const cells = new Cells(NOW);
  for (let n = 0; n < count; n += 1) cells.add({ size: GB, storageClass: 'STANDARD', archive: 'none', ...object, modified: NOW - days * DAY_MS });
  return cells.list();
};
/** As many objects as one likes, of one kind, without adding them one by one. */
const many = (objects: number, bytes: number, storageClass: string, archive: PricedObject['archive'] = 'archived') => [
  { ...cellsOf(1, { size: Math.floor(bytes / objects), storageClass, archive })[0]!, objects, bytes },
];

describe('worked out by hand', () => {
  // AWS's example (repost.aws/knowledge-center/s3-manage-data-retrieval) gives the Standard row and Expedited's requests; the rest follows from the table.
  const archive = many(15_000_000, 102_400 * GB, 'GLACIER');
  test.each([
    ['Standard', 750, 1024],
    ['Expedited', 150_000, 3072],
    ['Bulk', 0, 0],
  ] as const)('a %s restore of 15,000,000 objects of 100 TB costs $%d for requests and $%d for retrieval', (tier, requests, retrieval) => {
    const cost = restoreCost(archive, virginia, tier, 1);
    expect(cost.requests).toBeCloseTo(requests, 6);
    expect(cost.retrieval).toBeCloseTo(retrieval, 6);
  });

  // By the rule: 8 KB at Standard's rate and 32 KB at the archive's for each object.
  test('100,000 objects of 1 GB in Glacier are charged for 3.05 GB more in Glacier and 0.76 GB more in Standard', () => {
    const cells = many(100_000, 100_000 * GB, 'GLACIER');
    expect(monthly(cells, virginia).value).toBeCloseTo((100_000 + 3.0517578125) * 0.0036 + 0.762939453125 * 0.023, 6);
  });

  // By the rule: a minimum of 128 KB.
  test('a 6 KB object in Standard-IA is charged as 128 KB', () => {
    expect(monthly(cellsOf(1, { size: 6 * KIB, storageClass: 'STANDARD_IA' }), virginia).value).toBeCloseTo(((128 * KIB) / GB) * 0.0125, 12);
  });

  test('100 million transitions to Deep Archive cost $5,000', () => {
    const cells = many(100_000_000, 100_000_000 * 200 * KIB, 'STANDARD', 'none');
    expect(estimate(cells, virginia, { to: 'DEEP_ARCHIVE', way: 'lifecycle' }).requests).toBeCloseTo(5000, 6);
  });
});

describe('the cost of changing the class', () => {
  test('1,000 objects of 1 GB from Standard to Standard-IA: a copy and a HEAD each, $10.50 saved a month, paid back in a day', () => {
    const cost = estimate(cellsOf(1000, {}), virginia, { to: 'STANDARD_IA', way: 'copy' });
    expect(cost).toMatchObject({ objects: 1000, bytes: 1000 * GB, already: 0, retrieval: 0, early: 0, paysBack: 1, unknown: [] });
    expect(cost.requests).toBeCloseTo(0.01 + 0.0004, 9);
    expect(cost.saving).toBeCloseTo(1000 * (0.023 - 0.0125), 9);
  });

  test('leaving Standard-IA after 10 of 30 days owes 20 days and the retrieval', () => {
    const cost = estimate(cellsOf(1, { storageClass: 'STANDARD_IA', days: 10 }), virginia, { to: 'STANDARD', way: 'copy' });
    expect(cost.early).toBeCloseTo((20 / 30) * 0.0125, 9);
    expect(cost.retrieval).toBeCloseTo(0.01, 9);
    expect(cost.paysBack).toBeNull();
  });

  test('a lifecycle rule pays transitions, no retrieval, and leaves small objects and the way back', () => {
    const cells = [...cellsOf(2, { storageClass: 'STANDARD_IA' }), ...cellsOf(3, { size: KIB }), ...cellsOf(5, { storageClass: 'DEEP_ARCHIVE', archive: 'archived' })];
    const cost = estimate(cells, virginia, { to: 'GLACIER', way: 'lifecycle' });
    expect(cost).toMatchObject({ objects: 2, left: 8, retrieval: 0 });
    expect(cost.requests).toBeCloseTo((2 / 1000) * 0.03, 12);
  });

  test('objects below 128 KB are flagged where they would cost more', () => {
    const cost = estimate([...cellsOf(10, { size: 4 * KIB }), ...cellsOf(1, {})], virginia, { to: 'STANDARD_IA', way: 'copy' });
    expect(cost.dearer.objects).toBe(10);
    expect(cost.dearer.more).toBeCloseTo((10 * (128 * 0.0125 - 4 * 0.023) * KIB) / GB, 12);
  });

  test('what is in the class is skipped, what is archived is set apart', () => {
    const cells = [...cellsOf(2, { storageClass: 'GLACIER_IR' }), ...cellsOf(3, { storageClass: 'GLACIER', archive: 'archived' }), ...cellsOf(4, { storageClass: 'GLACIER', archive: 'restored' })];
    expect(estimate(cells, virginia, { to: 'GLACIER_IR', way: 'copy' })).toMatchObject({ objects: 4, already: 2, blocked: { objects: 3, bytes: 3 * GB } });
  });

  test('in a versioned bucket the old version goes on costing: nothing is saved and nothing owed early', () => {
    const cost = estimate(cellsOf(1, { storageClass: 'STANDARD_IA', days: 1 }), virginia, { to: 'GLACIER_IR', way: 'copy', keepsOld: true });
    expect(cost.early).toBe(0);
    expect(cost.saving).toBeCloseTo(-0.004, 9);
    expect(cost.paysBack).toBeNull();
  });

  test('over 5 GiB an object is copied in parts: more requests', () => {
    const cost = estimate(cellsOf(1, { size: 10 * GB }), virginia, { to: 'STANDARD_IA', way: 'copy' });
    expect(cost.requests).toBeCloseTo((22 * 0.01 + 0.0004) / 1000, 12);
  });

  test('Intelligent-Tiering charges monitoring for objects of 128 KB and more only', () => {
    const small = monthly(cellsOf(1000, { size: KIB, storageClass: 'INTELLIGENT_TIERING' }), virginia).value!;
    const large = monthly(cellsOf(1000, { size: 128 * KIB, storageClass: 'INTELLIGENT_TIERING' }), virginia).value!;
    expect(small).toBeCloseTo(((1000 * KIB) / GB) * 0.023, 12);
    expect(large).toBeCloseTo(((128_000 * KIB) / GB) * 0.023 + 0.0025, 12);
  });
});

describe('prices that are not known', () => {
  test('make the sum unknown and are named; what does not need them stays known', () => {
    const cost = estimate(cellsOf(1, {}), frankfurt, { to: 'STANDARD_IA', way: 'copy' });
    expect(cost).toMatchObject({ once: null, requests: null, paysBack: null, unknown: ['STANDARD get', 'STANDARD_IA put'] });
    expect(cost.saving).toBeCloseTo(0.0245 - 0.0135, 9);
    expect(restoreCost(many(1, GB, 'GLACIER'), undefined, 'Bulk', 1)).toMatchObject({ objects: 1, total: null });
  });

  test('a class no price table knows is unknown, not free', () => {
    expect(monthly(cellsOf(1, { storageClass: 'EXPRESS_ONEZONE' }), virginia).value).toBeNull();
  });
});

test('Deep Archive has no Expedited tier; of a mixture the slowest class counts', () => {
  const mixed = [...many(1, GB, 'GLACIER'), ...many(1, GB, 'DEEP_ARCHIVE')];
  expect(restoreCost(mixed, virginia, 'Expedited', 1).hours).toBeNull();
  expect(restoreCost(mixed, virginia, 'Standard', 1).hours).toEqual({ from: 3, to: 12 });
});

test('restored copies cost Standard for the days they are kept', () => {
  expect(restoreCost(many(1, 10 * GB, 'DEEP_ARCHIVE'), virginia, 'Bulk', 6).copies).toBeCloseTo(10 * 0.023 * (6 / 30), 9);
});

test('every region of the table says when and where its figures are from, and has the classes it names priced or null', () => {
  for (const [region, prices] of Object.entries((table as PriceTable).regions) as [string, RegionPrices][]) {
    expect(prices.asOf, region).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(prices.source.length, region).toBeGreaterThan(20);
    for (const one of Object.values(prices.classes)) expect(Object.keys(one).sort()).toEqual(['get', 'put', 'retrieval', 'storage', 'transition']);
  }
});

test('buckets begin where the rules change', () => {
  expect(AGE_EDGES).toEqual(expect.arrayContaining([30, 90, 180]));
  expect(SIZE_EDGES).toEqual(expect.arrayContaining([128 * KIB, 5 * GB]));
});
