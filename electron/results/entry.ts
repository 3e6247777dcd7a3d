import type { ResultState } from '../../shared/contract/results.ts';
import type { Subscribable } from '../transport/eventStream.ts';
import type { ResultRecord } from './records.ts';
import type { Making } from './views.ts';

/** A result of this session: what the page is told of it, and what is kept beside. */
export interface Entry {
  state: ResultState;
  record: Omit<ResultRecord, 'rows' | 'source' | 'columns'>;
  /** Rows of the first answer, served until the stored ones are there. */
  firstRows: (string | null)[][];
  /** Rows the engine has. */
  stored: number;
  /** The rows are in their file, not only in the engine's memory. */
  settled: boolean;
  listeners: Set<(state: ResultState) => void>;
  /** Resolves when it is complete or has failed. */
  loading: Promise<void>;
  settling: Promise<void>;
  /** It gets its name for SQL, the first time it is opened. */
  naming: Promise<void>;
  leave: AbortController;
  /** Views that are being made, by id. */
  making: Map<string, Making>;
  /** Works that read a view's file now, by id. */
  viewUsers: Map<string, number>;
  /** Works that read its files now. */
  users: number;
  /** Its tab is open. */
  open: boolean;
}

export const newEntry = (state: ResultState, record: Entry['record']): Entry => ({
  ...{ state, record },
  ...{ firstRows: [], stored: 0, settled: false, users: 0, open: true },
  ...{ listeners: new Set(), loading: Promise.resolve(), settling: Promise.resolve(), naming: Promise.resolve(), leave: new AbortController(), making: new Map(), viewUsers: new Map() },
});

export function change(entry: Entry, next: Partial<ResultState>): void {
  entry.state = { ...entry.state, ...next };
  for (const listener of entry.listeners) listener(entry.state);
}

export const subscribable = (entry: Entry): Subscribable<ResultState> => ({
  current: () => entry.state,
  onChange(listener) {
    entry.listeners.add(listener);
    return () => void entry.listeners.delete(listener);
  },
});
