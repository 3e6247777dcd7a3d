import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { wantedSlice } from '../../../shared/contract/transfers.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Tickets } from '../../context.ts';
import { PageGone } from './pageGone.ts';

export type WantedSlice = z.infer<typeof wantedSlice>;

/** ms after which a page that hung up in the middle of a call is gone: one that only lost its socket is back sooner. */
const BACK_WITHIN = 5_000;

interface Want {
  file: number;
  offset: number;
  length: number;
  resolve(bytes: Buffer): void;
  reject(error: Error): void;
  /** When it was handed to the page; 0 while it waits for the page to ask. */
  handedAt: number;
}

/**
 * The bytes a browser upload needs and the page that has them: parts ask for slices, the page pulls what is wanted and
 * PUTs each to a one-time address. At most what was asked for is in memory.
 */
export class PageSlices {
  private readonly wants = new Set<Want>();
  private wake: (() => void) | undefined;
  private lastHeard = Date.now();
  private listening = 0;
  /** When the page hung up in the middle of a call; undefined while it is there. */
  private leftAt: number | undefined;

  constructor(
    private readonly tickets: Pick<Tickets, 'upload'>,
    /** ms without a word from the page after which it is gone. */
    private readonly silence: number,
  ) {}

  /** Exactly these bytes of a file of the page. PageGone where it is. */
  async ask(file: number, offset: number, length: number, signal: AbortSignal): Promise<Buffer> {
    if (length === 0) return Buffer.alloc(0);
    this.lastHeard = Math.max(this.lastHeard, this.wants.size === 0 ? Date.now() : 0);
    let want!: Want;
    const watch = setInterval(() => this.look(want), Math.min(1000, this.silence / 4));
    const onAbort = () => want.reject(new AppError('Cancelled', 'The upload was stopped.'));
    try {
      return await new Promise<Buffer>((resolve, reject) => {
        want = { file, offset, length, resolve, reject, handedAt: 0 };
        this.wants.add(want);
        if (signal.aborted) onAbort();
        signal.addEventListener('abort', onAbort, { once: true });
        this.wake?.();
      });
    } finally {
      clearInterval(watch);
      signal.removeEventListener('abort', onAbort);
      this.wants.delete(want);
    }
  }

  /** The next slices to PUT; waits up to `patience` ms for some. */
  async next(max: number, patience: number, signal?: AbortSignal): Promise<WantedSlice[]> {
    this.lastHeard = Date.now();
    this.leftAt = undefined;
    this.listening += 1;
    try {
      if (!this.waiting().length) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, patience);
          const done = () => {
            clearTimeout(timer);
            resolve();
          };
          this.wake = done;
          signal?.addEventListener('abort', done, { once: true });
        });
      }
      if (signal?.aborted) {
        this.leftAt = Date.now();
        return [];
      }
      return this.waiting().slice(0, max).map((want) => this.hand(want));
    } finally {
      this.listening -= 1;
      this.lastHeard = Date.now();
    }
  }

  /** Answers a page that waits: there is nothing more, or nothing for now. */
  release(): void {
    this.wake?.();
  }

  private waiting = () => [...this.wants].filter((want) => want.handedAt === 0);

  private hand(want: Want): WantedSlice {
    const { file, offset, length } = want;
    want.handedAt = Date.now();
    const url = this.tickets.upload(async (body, sent) => {
      this.lastHeard = Date.now();
      if (!this.wants.has(want)) throw new AppError('Conflict', 'These bytes are not wanted any more.');
      if (sent !== length) {
        const error = new AppError('Conflict', `The page sent ${sent} bytes where ${length} were asked for.`, { detail: 'The file changed since it was chosen. Choose it again.' });
        want.reject(error);
        throw error;
      }
      try {
        want.resolve(await this.collect(body, want));
      } catch (error) {
        this.leftAt = Date.now();
        this.offerAgain(want);
        throw error;
      }
    });
    return { file, offset, length, url };
  }

  private async collect(body: Readable, want: Want): Promise<Buffer> {
    const bytes = Buffer.allocUnsafeSlow(want.length);
    let filled = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (filled + chunk.length > bytes.length) throw new AppError('BadInput', 'More bytes came than were announced.');
      filled += chunk.copy(bytes, filled);
      want.handedAt = this.lastHeard = Date.now();
    }
    if (filled !== bytes.length) throw new AppError('Network', `The page sent ${filled} of ${bytes.length} bytes.`, { retryable: true });
    return bytes;
  }

  private offerAgain(want: Want): void {
    want.handedAt = 0;
    this.wake?.();
  }

  private look(want: Want): void {
    const now = Date.now();
    if (want.handedAt !== 0 && now - want.handedAt > this.silence) this.offerAgain(want);
    const left = this.leftAt !== undefined && now - this.leftAt >= Math.min(BACK_WITHIN, this.silence);
    if (this.listening > 0 || (!left && now - this.lastHeard < this.silence)) return;
    want.reject(new PageGone());
  }
}
