import { useSyncExternalStore } from 'react';
import type { Transfer } from '../../../shared/contract/transfers.ts';
import { useClient } from '../../app/clientContext.tsx';
import type { Client } from '../../client.ts';
import { subscribe } from '../../subscribe.ts';

export interface TransfersState {
  /** Newest first. */
  list: readonly Transfer[];
  running: number;
  /** Bytes a second, of all that run. */
  speed: number;
  /** False until the backend has told which transfers there are. */
  loaded: boolean;
  error: unknown;
}

const isRunning = ({ state }: Transfer): boolean => state === 'running' || state === 'scanning' || state === 'queued';

/** One `transfers.watch` for the whole window, while anyone looks. */
class TransferWatch {
  private state: TransfersState = { list: [], running: 0, speed: 0, loaded: false, error: null };
  private readonly listeners = new Set<() => void>();
  private stop: (() => void) | undefined;

  constructor(private readonly client: Client) {}

  read = (): TransfersState => this.state;

  listen = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    this.stop ??= this.start();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      this.stop?.();
      this.stop = undefined;
    };
  };

  private start(): () => void {
    let first = true;
    return subscribe(
      this.client,
      (client, options) => client.transfers.watch(undefined, options),
      (changed) => {
        // The first event holds all; a later one only what changed.
        const byId = new Map(first ? [] : this.state.list.map((transfer) => [transfer.id, transfer]));
        first = false;
        for (const transfer of changed) byId.set(transfer.id, transfer);
        this.set([...byId.values()], null);
      },
      { onError: (error) => this.set(this.state.list, error) },
    );
  }

  /** Takes out what the user cleared; the stream tells changes, not absence. */
  forget(ended: (transfer: Transfer) => boolean): void {
    this.set(this.state.list.filter((transfer) => !ended(transfer)), this.state.error);
  }

  private set(all: readonly Transfer[], error: unknown): void {
    const list = all.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
    const running = list.filter(isRunning);
    this.state = { list, running: running.length, speed: running.reduce((sum, { speed }) => sum + speed, 0), loaded: this.state.loaded || error === null, error };
    for (const listener of this.listeners) listener();
  }
}

const watches = new WeakMap<Client, TransferWatch>();

export function transferWatch(client: Client): TransferWatch {
  let watch = watches.get(client);
  if (!watch) watches.set(client, (watch = new TransferWatch(client)));
  return watch;
}

/** All transfers as they change, ten times a second at most. */
export function useTransfers(): TransfersState {
  const watch = transferWatch(useClient());
  return useSyncExternalStore(watch.listen, watch.read);
}
