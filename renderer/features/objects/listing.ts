import type { ObjectPage } from '../../../shared/contract/s3.ts';
import type { AppError } from '../../../shared/errors.ts';
import { isCancelled, toAppError } from '../../app/errors.ts';
import type { Client } from '../../client.ts';

export interface ListingPlace {
  connectionId: string;
  bucket: string;
  prefix: string;
}

export type ListingState = 'listing' | 'complete' | 'stopped' | 'failed';

/** A folder's size in the columns below. */
export const FOLDER = -1;
/** Listing pauses here and asks; as many rows take some 100 MB of the page. */
const PAUSE_AT = 250_000;
const TELL_MS = 80;

/**
 * What is listed at one place, as columns that only grow, so that a row's number is its identity. Pages are asked for
 * one after another until the end, the pause, or `stop`; what came before a failure stays.
 */
export class Listing {
  /** Whole keys and prefixes. */
  readonly keys: string[] = [];
  /** Bytes; FOLDER for a prefix. */
  readonly sizes: number[] = [];
  readonly modified: string[] = [];
  readonly storageClasses: string[] = [];
  /** Row numbers in S3's own order. */
  readonly folders: number[] = [];
  readonly objects: number[] = [];
  bytes = 0;
  state: ListingState = 'listing';
  error: AppError | undefined;

  private version = 0;
  private token: string | undefined;
  private pauseAt = PAUSE_AT;
  private controller: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly client: Client,
    readonly place: ListingPlace,
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  snapshot = (): number => this.version;

  /** Starts, or goes on where it stopped, paused or failed. */
  run(): void {
    this.controller?.abort();
    const controller = (this.controller = new AbortController());
    if (this.keys.length >= this.pauseAt) this.pauseAt += PAUSE_AT;
    this.state = 'listing';
    this.error = undefined;
    this.tell(true);
    void this.pages(controller.signal);
  }

  /** Ends the request under way; what is listed stays. */
  stop(): void {
    this.controller?.abort();
    if (this.state === 'listing') this.state = 'stopped';
    this.tell(true);
  }

  private async pages(signal: AbortSignal): Promise<void> {
    try {
      do {
        const page = await this.client.s3.list({ ...this.place, token: this.token }, { signal });
        if (signal.aborted) return;
        this.add(page);
        this.token = page.nextToken;
        this.tell(this.keys.length <= 1000);
      } while (this.token !== undefined && this.keys.length < this.pauseAt);
      this.state = this.token === undefined ? 'complete' : 'stopped';
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      this.state = 'failed';
      this.error = toAppError(error);
    }
    this.tell(true);
  }

  private add({ prefixes, keys, sizes, modified, storageClasses }: ObjectPage): void {
    for (const prefix of prefixes) {
      this.folders.push(this.keys.length);
      this.push(prefix, FOLDER, '', '');
    }
    keys.forEach((key, index) => {
      // The place's own marker object is the place, not something in it.
      if (key === this.place.prefix && key.endsWith('/')) return;
      this.objects.push(this.keys.length);
      this.bytes += sizes[index] ?? 0;
      this.push(key, sizes[index] ?? 0, modified[index] ?? '', storageClasses[index] ?? '');
    });
  }

  private push(key: string, size: number, modified: string, storageClass: string): void {
    this.keys.push(key);
    this.sizes.push(size);
    this.modified.push(modified);
    this.storageClasses.push(storageClass);
  }

  /** Many pages a second need not be many renders a second. */
  private tell(atOnce: boolean): void {
    const now = () => {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.version += 1;
      for (const listener of this.listeners) listener();
    };
    if (atOnce) now();
    else this.timer ??= setTimeout(now, TELL_MS);
  }
}
