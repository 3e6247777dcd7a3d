import type { ObjectFilter } from '../../../shared/contract/s3Search.ts';
import type { Client } from '../../client.ts';
import type { ListingPlace, ListingSource } from '../objects/listing.ts';

/** What a search below a place finds, pulled batch by batch; stopped, it waits where it is. */
export function searchSource(client: Client, place: ListingPlace, filter: ObjectFilter): ListingSource {
  let work: Promise<{ id: string }> | undefined;
  let batch = 0;
  let ended = false;
  return {
    ordered: false,
    async next(signal) {
      if (ended) return undefined;
      work ??= client.s3Search.find({ ...place, filter });
      const { id } = await work;
      const found = await client.s3Search.found({ id, batch }, { signal });
      batch += 1;
      ended = found.done;
      return found;
    },
    close() {
      void work?.then(({ id }) => client.s3Search.end({ id })).catch(() => undefined);
    },
  };
}
