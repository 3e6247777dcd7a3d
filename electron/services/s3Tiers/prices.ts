import type { PriceTable, RegionPrices } from '../../../shared/contract/s3Tiers.ts';
import shipped from '../../../shared/prices/s3.json' with { type: 'json' };
import type { Store } from '../../storage/store.ts';

/** The figures the app came with, under those the user keeps for a region. */
export function createPrices(store: Store) {
  const own = store.collection<RegionPrices>('s3Prices');
  return {
    async read(): Promise<{ table: PriceTable; edited: string[] }> {
      const regions: PriceTable['regions'] = { ...(shipped as PriceTable).regions };
      const edited: string[] = [];
      for await (const [region, prices] of own.entries()) {
        regions[region] = prices;
        edited.push(region);
      }
      return { table: { currency: 'USD', regions }, edited };
    },
    save: (region: string, prices: RegionPrices) => own.put(region, prices),
    reset: (region: string) => own.delete(region),
  };
}
