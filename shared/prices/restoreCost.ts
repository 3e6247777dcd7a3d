import type { Cell, RegionPrices, RestoreTier } from '../contract/s3Tiers.ts';
import { GB, MONTH } from './cost.ts';
import { RESTORE_TIMES } from './storageClasses.ts';
import { Sum } from './sum.ts';

export interface RestoreEstimate {
  /** Archived objects that would be restored. */
  objects: number;
  bytes: number;
  /** Already readable, or on the way. */
  already: number;
  /** In the listing but in no archive class. */
  notArchived: number;
  requests: number | null;
  retrieval: number | null;
  /** The temporary copies in Standard, for the days asked for. */
  copies: number | null;
  total: number | null;
  /** Hours at most, of the slowest class among them; null where the tier does not serve one of them. */
  hours: { from: number; to: number } | null;
  unknown: string[];
}

/** What restoring the archived objects costs and how long it takes, by tier. */
export function restoreCost(cells: readonly Cell[], prices: RegionPrices | undefined, tier: RestoreTier, days: number): RestoreEstimate {
  const counts = { objects: 0, bytes: 0, already: 0, notArchived: 0 };
  const [requests, retrieval, copies] = [new Sum(), new Sum(), new Sum()];
  let hours: RestoreEstimate['hours'] = { from: 0, to: 0 };
  for (const { archive, storageClass, objects, bytes } of cells) {
    if (archive === 'none') counts.notArchived += objects;
    else if (archive !== 'archived') counts.already += objects;
    else {
      counts.objects += objects;
      counts.bytes += bytes;
      const time = RESTORE_TIMES[storageClass]?.[tier];
      hours = hours && time ? { from: Math.max(hours.from, time.from), to: Math.max(hours.to, time.to) } : null;
      const price = prices?.restore[storageClass]?.[tier];
      requests.add(price?.per1000, objects / 1000, `${storageClass} ${tier} requests`);
      retrieval.add(price?.perGb, bytes / GB, `${storageClass} ${tier} retrieval`);
      copies.add(prices?.classes.STANDARD?.storage, (bytes / GB) * (days / MONTH), 'STANDARD storage');
    }
  }
  const total = new Sum();
  for (const part of [requests, retrieval, copies]) total.join(part);
  return { ...counts, requests: requests.value, retrieval: retrieval.value, copies: copies.value, total: total.value, hours, unknown: [...total.missing].sort() };
}
