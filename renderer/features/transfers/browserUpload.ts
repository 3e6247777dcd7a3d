import type { z } from 'zod';
import type { wantedSlice } from '../../../shared/contract/transfers.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Client } from '../../client.ts';
import { fetchWithSession } from '../../session.ts';
import { toAppError } from '../../app/errors.ts';

type WantedSlice = z.infer<typeof wantedSlice>;

/** What the contract allows; small files need many in flight. */
const AT_ONCE = 16;
const PAUSE_MS = 500;
/** After so many failures in a row the backend is left to say what is wrong. */
const GIVE_UP = 10;

async function put(file: File, { url, offset, length }: WantedSlice): Promise<void> {
  const response = await fetchWithSession(url, { method: 'PUT', body: file.slice(offset, offset + length) });
  if (!response.ok) throw new AppError('Network', `${file.name} could not be handed to the backend (HTTP ${response.status}).`, { retryable: true });
}

/**
 * Gives the backend the slices it asks for until the transfer ends. Slices go as streams from disk; nothing is held in
 * memory. A slice that fails is asked for again by the backend.
 */
export async function serveBrowserUpload(client: Client, id: string, files: readonly File[]): Promise<void> {
  for (let failures = 0; ; ) {
    try {
      const wanted = await client.transfers.wanted({ id, max: AT_ONCE });
      if (wanted === null) return;
      await Promise.all(
        wanted.map((slice) => {
          const file = files[slice.file];
          return file && put(file, slice);
        }),
      );
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures >= GIVE_UP || toAppError(error).code === 'NotFound') throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * failures));
    }
  }
}
