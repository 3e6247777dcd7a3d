import { useSyncExternalStore } from 'react';
import type { Client } from '../client.ts';
import { subscribe } from '../subscribe.ts';
import { useClient } from './clientContext.tsx';

export interface LakeState {
  state: 'starting' | 'filling' | 'ready' | 'failed';
  message?: string | undefined;
}

/** The embedded lake's state, followed once for the whole window until it is ready or failed. */
class LakeWatch {
  private state: LakeState | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(client: Client) {
    subscribe(
      client,
      (to, options) => to.app.watchLocalLake(undefined, options),
      (state) => {
        this.state = state;
        for (const listener of this.listeners) listener();
      },
    );
  }
  read = (): LakeState | undefined => this.state;
  listen = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

const watches = new WeakMap<Client, LakeWatch>();

/** undefined until the backend has said. */
export function useLocalLake(): LakeState | undefined {
  const client = useClient();
  let watch = watches.get(client);
  if (!watch) watches.set(client, (watch = new LakeWatch(client)));
  return useSyncExternalStore(watch.listen, watch.read);
}
