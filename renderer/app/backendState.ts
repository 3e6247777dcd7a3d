import { useSyncExternalStore } from 'react';
import type { SocketState } from '../websocketLink.ts';

const listeners = new Set<() => void>();
let state: SocketState = 'open';

export function setBackendState(next: SocketState): void {
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the window reaches its backend; in Electron it always does while the window lives. */
export const useBackendState = (): SocketState => useSyncExternalStore(subscribe, () => state);
