import { feed } from '../../checksums/feed.ts';
import type { ObjectHash } from '../../checksums/hashes.ts';
import type { SourceCheck } from './check.ts';

/**
 * A checksum that can only be computed from the first byte to the last (MD5, SHA of a whole): whoever has a part waits
 * until those before it were hashed. Parts that were sent before a restart are read again for it.
 */
export class InOrder implements SourceCheck {
  private position = 0;
  private failure: { error: unknown } | undefined;
  private waiting = new Map<number, { go(): void; stop(error: unknown): void }>();
  private again: Promise<void> = Promise.resolve();

  constructor(
    private readonly hash: ObjectHash,
    private readonly value: string,
    private readonly size: number,
    private readonly mismatch: (actual: string) => Error,
  ) {}

  sumOf = async () => undefined;

  async took(offset: number, bytes: Buffer): Promise<void> {
    await this.turn(offset);
    await feed(this.hash, bytes);
    this.position = offset + bytes.length;
    this.waiting.get(this.position)?.go();
  }

  resume(have: { offset: number; length: number }[], read: (offset: number, length: number) => Promise<Buffer>): void {
    this.again = (async () => {
      for (const { offset, length } of have) {
        await this.turn(offset);
        await this.took(offset, await read(offset, length));
      }
    })();
    this.again.catch((error: unknown) => this.fail(error));
  }

  fail(error: unknown): void {
    this.failure ??= { error };
    for (const { stop } of this.waiting.values()) stop(error);
  }

  async finish(): Promise<void> {
    await this.again;
    if (this.failure) throw this.failure.error;
    const actual = this.position === this.size ? this.hash.digest() : `that of ${this.position} bytes`;
    if (actual !== this.value) throw this.mismatch(actual);
  }

  /** Resolves when all bytes before `offset` are hashed. */
  private async turn(offset: number): Promise<void> {
    if (this.failure) throw this.failure.error;
    if (this.position === offset) return;
    await new Promise<void>((go, stop) => this.waiting.set(offset, { go, stop }));
    this.waiting.delete(offset);
  }
}
