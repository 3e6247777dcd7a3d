import type { RegionPrices } from '../../../shared/contract/s3Tiers.ts';

/** A region without figures: everything that is asked of it is unknown. */
export const NO_PRICES: RegionPrices = { asOf: '1970-01-01', source: '', monitoring: null, classes: {}, restore: {} };
