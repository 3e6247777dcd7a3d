import { AppError } from '../../../shared/errors.ts';
import { startProcess, type ChildProcessHandle, type StartChild } from '../../processes/parent.ts';
import type { Checksum } from './checksum.ts';
import type { HasherMethods } from './hasher/protocol.ts';

const IDLE = 10_000;
const ATTEMPTS = 3;

/** The checksum of one file, computed behind whoever writes it. */
export interface Follower {
  /** All bytes before this are in the file. */
  upTo(position: number): void;
  /** Of the first `size` bytes, in the form S3 gives it. */
  digest(size: number): Promise<string>;
  close(): void;
}

/**
 * The process that computes the checksums which zlib does not have at a gigabyte a second: started with the first file
 * that needs it, ended when none does. One that dies is started again and reads the file anew.
 */
export class Hashers {
  private child: ChildProcessHandle | undefined;
  private idle: NodeJS.Timeout | undefined;
  private open = 0;
  private nextId = 1;

  constructor(private readonly startChild: StartChild) {}

  follow(path: string, { algorithm, composite }: Pick<Checksum, 'algorithm' | 'composite'>, pieces: number[]): Follower {
    clearTimeout(this.idle);
    this.open += 1;
    let id = 0;
    let latest = 0;
    let advancing = false;
    let closed = false;
    let mine: ChildProcessHandle | undefined;
    let begun: Promise<unknown> = Promise.resolve();
    const begin = () => {
      id = this.nextId++;
      begun = this.call('begin', { id, path, algorithm, pieces, composite });
      begun.catch(() => undefined); // the digest tells
      mine = this.child;
    };
    begin();
    // The latest position only: what was told meanwhile is told at once.
    const advance = async () => {
      if (advancing) return;
      advancing = true;
      await begun;
      for (let told = 0; told < latest && !closed; ) {
        told = latest;
        await this.call('advance', { id, upTo: told });
      }
      advancing = false;
    };
    return {
      upTo(position) {
        latest = Math.max(latest, position);
        advance().catch(() => undefined); // the digest tells
      },
      digest: async (size) => {
        for (let attempt = 1; ; attempt += 1) {
          try {
            if (!mine?.alive) begin();
            await begun;
            await this.call('advance', { id, upTo: size });
            return await this.call('digest', { id });
          } catch (error) {
            if (!(error instanceof AppError) || error.code !== 'EngineDied' || attempt === ATTEMPTS) throw error;
          }
        }
      },
      close: () => {
        if (closed) return;
        closed = true;
        this.open -= 1;
        if (mine?.alive) this.call('drop', { id }).catch(() => undefined);
        if (this.open === 0) this.idle = setTimeout(() => this.close(), IDLE).unref();
      },
    };
  }

  close(): void {
    clearTimeout(this.idle);
    if (this.child?.alive) this.child.kill();
    this.child = undefined;
  }

  private call<M extends keyof HasherMethods>(method: M, args: HasherMethods[M]['args']): Promise<HasherMethods[M]['value']> {
    if (!this.child?.alive) this.child = startProcess(this.startChild, 'hasher');
    return this.child.call(method, args);
  }
}

const all = new WeakMap<StartChild, Hashers>();

/** Those of one backend. */
export function hashersOf(startChild: StartChild): Hashers {
  let hashers = all.get(startChild);
  if (!hashers) all.set(startChild, (hashers = new Hashers(startChild)));
  return hashers;
}
