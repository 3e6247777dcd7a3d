import { useSyncExternalStore } from 'react';
import type { ChartSpec } from '../../../shared/contract/charts.ts';

/** A chart that is to go on a dashboard, until the user has said on which. */
export interface AddRequest {
  runId: string;
  spec: ChartSpec;
  title: string;
}

let current: AddRequest | null = null;
const listeners = new Set<() => void>();

export function setAddRequest(request: AddRequest | null): void {
  current = request;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useAddRequest = (): AddRequest | null => useSyncExternalStore(subscribe, () => current);
