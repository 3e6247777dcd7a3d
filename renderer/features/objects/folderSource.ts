import type { Client } from '../../client.ts';
import type { ListingPlace, ListingSource } from './listing.ts';

/** One level of a bucket, a page of 1,000 at a time; a failed page is asked for again. */
export function folderSource(client: Client, place: ListingPlace): ListingSource {
  let token: string | undefined;
  let ended = false;
  return {
    ordered: true,
    async next(signal) {
      if (ended) return undefined;
      const page = await client.s3.list({ ...place, token }, { signal });
      token = page.nextToken;
      ended = token === undefined;
      return page;
    },
  };
}
