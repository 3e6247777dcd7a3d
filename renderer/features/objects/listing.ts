import type { ObjectPage } from '../../../shared/contract/s3.ts';
import type { AppError } from '../../../shared/errors.ts';
import { isCancelled, toAppError } from '../../app/errors.ts';
import { growingNumbers, growingRows, growingSmall } from './growing.ts';
import { TextColumn } from './textColumn.ts';

export interface ListingPlace {
  connectionId: string;
  bucket: string;
  prefix: string;
}

export type ListingState = 'listing' | 'complete' | 'stopped' | 'failed';

/** Some rows more. `scanned`: objects looked at for them, where that is another number (a search). */
export interface ListedRows extends Pick<ObjectPage, 'prefixes' | 'keys' | 'sizes' | 'modified' | 'storageClasses' | 'etags'> {
  scanned?: number;
}

/** Where rows come from. `next` is asked again after it failed, and goes on where it was; undefined after the last. */
export interface ListingSource {
  next(signal: AbortSignal): Promise<ListedRows | undefined>;
  /** Rows come in the order of their keys. */
  ordered: boolean;
  close?(): void;
}

/** What a folder holds, counted on demand. */
export interface FolderSize {
  objects: number;
  bytes: number;
  state: 'counting' | 'done' | 'stopped' | 'failed';
  error?: { message: string };
}

/** Listing pauses here and asks. */
const PAUSE_AT = 250_000;
const TELL_MS = 80;

/**
 * What is listed at one place, as columns that only grow, so that a row's number is its identity; a million rows take
 * some 100 MB, none of it objects of their own. Pages are asked for one after another until the end, the pause, or
 * `stop`; what came before a failure stays.
 */
export class Listing {
  /** Keys without what the place says already. */
  readonly names = new TextColumn();
  readonly etags = new TextColumn();
  /** Row numbers as they came: S3's own order. */
  readonly folders = growingRows();
  readonly objects = growingRows();
  readonly folderSizes = new Map<number, FolderSize>();
  bytes = 0;
  /** Objects looked at; for a search more than there are rows. */
  scanned = 0;
  state: ListingState = 'listing';
  error: AppError | undefined;
  readonly classNames: string[] = [];

  /** What all keys start with. */
  private readonly base: string;
  private readonly sizes = growingNumbers();
  private readonly times = growingNumbers();
  private readonly classes = growingSmall();
  private version = 0;
  private pauseAt = PAUSE_AT;
  private controller: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(
    readonly place: ListingPlace,
    private readonly source: ListingSource,
  ) {
    this.base = place.prefix.slice(0, place.prefix.lastIndexOf('/') + 1);
  }

  get length(): number {
    return this.names.length;
  }
  get ordered(): boolean {
    return this.source.ordered;
  }

  /** The whole key, or the prefix of a folder. */
  key = (row: number): string | undefined => (row >= 0 && row < this.length ? this.base + this.names.at(row) : undefined);
  /** What the row is called at this place. */
  name = (row: number): string => this.names.at(row);
  isFolder = (row: number): boolean => this.sizes.at(row) < 0;
  /** Bytes; of a folder those counted so far, undefined before. */
  size = (row: number): number | undefined => (this.isFolder(row) ? this.folderSizes.get(row)?.bytes : this.sizes.at(row));
  /** ms since 1970; 0 for folders. */
  time = (row: number): number => this.times.at(row);
  modified = (row: number): string => (this.time(row) > 0 ? new Date(this.time(row)).toISOString() : '');
  storageClass = (row: number): string => this.classNames[this.classes.at(row)] ?? '';
  classNumber = (row: number): number => this.classes.at(row);
  rowOf = (key: string, from = 0): number => (key.startsWith(this.base) ? this.names.indexOf(key.slice(this.base.length), from) : -1);

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  snapshot = (): number => this.version;

  /** Starts, or goes on where it stopped, paused or failed. `toEnd`: without another pause. */
  run(toEnd = false): void {
    this.controller?.abort();
    const controller = (this.controller = new AbortController());
    if (toEnd) this.pauseAt = Infinity;
    else if (this.length >= this.pauseAt) this.pauseAt = this.length + PAUSE_AT;
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

  /** Nothing more is wanted of it. */
  close(): void {
    this.stop();
    this.source.close?.();
  }

  private async pages(signal: AbortSignal): Promise<void> {
    try {
      for (;;) {
        const rows = await this.source.next(signal);
        if (signal.aborted) return;
        if (!rows) break;
        this.add(rows);
        this.tell(this.length <= 1000);
        if (this.length < this.pauseAt) continue;
        this.state = 'stopped';
        return this.tell(true);
      }
      this.state = 'complete';
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      this.state = 'failed';
      this.error = toAppError(error);
    }
    this.tell(true);
  }

  private add({ prefixes, keys, sizes, modified, storageClasses, etags, scanned }: ListedRows): void {
    for (const prefix of prefixes) {
      this.folders.push(this.length);
      this.push(prefix, -1, 0, '', '');
    }
    keys.forEach((key, index) => {
      // The place's own marker object is the place, not something in it.
      if (key === this.place.prefix && key.endsWith('/')) return;
      this.objects.push(this.length);
      this.bytes += sizes[index] ?? 0;
      this.push(key, sizes[index] ?? 0, Date.parse(modified[index] ?? '') || 0, storageClasses[index] ?? '', etags[index] ?? '');
    });
    this.scanned += scanned ?? keys.length + prefixes.length;
  }

  private push(key: string, size: number, time: number, storageClass: string, etag: string): void {
    this.names.push(key.slice(this.base.length));
    this.sizes.push(size);
    this.times.push(time);
    let at = this.classNames.indexOf(storageClass);
    if (at < 0) at = this.classNames.push(storageClass) - 1;
    this.classes.push(at);
    this.etags.push(etag.replace(/^"(.*)"$/, '$1'));
  }

  setFolderSize(row: number, size: FolderSize): void {
    this.folderSizes.set(row, size);
    this.tell(false);
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
