import { OK } from '../../../shared/contract/common.ts';
import type { contract } from '../../../shared/contract/index.ts';
import type { ScanState } from '../../../shared/contract/s3Tiers.ts';
import type { BackendContext } from '../../context.ts';
import { eventStream } from '../../transport/eventStream.ts';
import type { ServiceHandlers } from '../handlers.ts';
import { createRestores, objectArchive } from './archive.ts';
import { bucketFacts } from './facts.ts';
import { createPrices } from './prices.ts';
import { Scan } from './scan.ts';

const EVERY = 250;

/** What storage costs: prices, sums over prefixes, and the state of archived objects. What changes objects is in transfers. */
export function s3TiersHandlers({ aws, store }: BackendContext): ServiceHandlers<typeof contract.s3Tiers> {
  const prices = createPrices(store);
  const restores = createRestores(aws, store);
  return {
    prices: () => prices.read(),
    async savePrices({ input }) {
      await prices.save(input.region, input.prices);
      return OK;
    },
    async resetPrices({ input }) {
      await prices.reset(input.region);
      return OK;
    },
    facts: ({ input, signal }) => bucketFacts(aws, input.connectionId, input.bucket, signal),
    async scan({ input, signal }) {
      const stop = new AbortController();
      const scan = new Scan(aws, input, stop.signal);
      const followed = {
        current: () => scan.current(),
        // The listing ends with its reader.
        onChange(listener: (state: ScanState) => void) {
          const off = scan.onChange(listener);
          return () => {
            off();
            stop.abort();
          };
        },
      };
      const stream = eventStream(followed, { signal, every: EVERY, isLast: ({ state }) => state !== 'scanning' });
      void scan.run();
      return stream;
    },
    archive: ({ input, signal }) => objectArchive(aws, input, signal),
    restores: ({ input, signal }) => restores.list(input.connectionId, signal),
    async clearRestores({ input }) {
      await restores.clear(input.connectionId);
      return OK;
    },
  };
}
