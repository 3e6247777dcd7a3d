import type { ViewSpec, ViewState } from '../../../shared/contract/resultViews.ts';
import { AppError } from '../../../shared/errors.ts';
import { log } from '../../log.ts';
import type { ResultStore } from '../../results/store.ts';
import { eventStream } from '../../transport/eventStream.ts';

/** A view as it is made: how far it is, then what it is or why it is not. Leaving the stream gives it up. */
export function makeView(results: ResultStore, runId: string, spec: ViewSpec, signal: AbortSignal | undefined): AsyncGenerator<ViewState, void, void> {
  const leave = new AbortController();
  const left = () => leave.abort();
  signal?.addEventListener('abort', left, { once: true });
  let state: ViewState = { state: 'making', percent: null };
  const listeners = new Set<(state: ViewState) => void>();
  const change = (next: ViewState) => {
    state = next;
    for (const listener of listeners) listener(state);
  };
  results.view(runId, spec, { signal: leave.signal, onPercent: (percent) => change({ ...state, percent }) }).then(change, (thrown: unknown) => {
    if (leave.signal.aborted) return change({ state: 'cancelled', percent: null });
    if (!(thrown instanceof AppError)) log.error('view not made', thrown);
    const error = thrown instanceof AppError ? thrown : new AppError('Internal', 'The view could not be made.', { detail: String(thrown) });
    change({ state: 'failed', percent: null, error: error.toData() });
  });
  const source = {
    current: () => state,
    onChange(listener: (state: ViewState) => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        signal?.removeEventListener('abort', left);
        leave.abort();
      };
    },
  };
  return eventStream(source, { signal, isLast: ({ state: name }) => name !== 'making' });
}
