import type { BandwidthLimits } from '../../../shared/contract/transfers.ts';
import type { Store } from '../../storage/store.ts';
import type { Bandwidth } from '../../transfers/bandwidth.ts';

const KEY = 'bandwidth';

/** The bandwidth limits of the settings, applied to the queue as soon as they are read or changed. */
export function bandwidthSettings(store: Store, bandwidth: Bandwidth) {
  const settings = store.collection<BandwidthLimits>('settings');
  const read = settings.get(KEY).then((kept) => {
    if (kept) bandwidth.limits = kept;
  });
  read.catch(() => undefined); // every call waits for it and says so
  return {
    async limits(): Promise<BandwidthLimits> {
      await read;
      return bandwidth.limits;
    },
    async changeLimits({ up, down }: { up?: number | null | undefined; down?: number | null | undefined }): Promise<BandwidthLimits> {
      await read;
      const next = { up: up === undefined ? bandwidth.limits.up : up, down: down === undefined ? bandwidth.limits.down : down };
      await settings.put(KEY, next);
      bandwidth.limits = next;
      return next;
    },
  };
}
