import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { AppErrorData } from '../../shared/errors.ts';

/** True for what a new sign-in would mend. */
export const needsSignIn = (error: Pick<AppErrorData, 'code'> | undefined): boolean => error?.code === 'CredentialsExpired' || error?.code === 'CredentialsMissing';

const epochs = new Map<string, number>();
const listeners = new Set<() => void>();

/** The connection's credentials work again: what failed for want of them is asked once more. */
export function signedInAgain(connectionId: string): void {
  epochs.set(connectionId, (epochs.get(connectionId) ?? 0) + 1);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Grows each time the connection is signed in again; as a key, it begins anew what depends on the credentials. */
export const useSignInEpoch = (connectionId: string): number => useSyncExternalStore(subscribe, () => epochs.get(connectionId) ?? 0);

/** Replays what failed for want of a sign-in, once there is one. */
export function useAfterSignIn(connectionId: string, error: AppErrorData | undefined, again: () => void): void {
  const epoch = useSignInEpoch(connectionId);
  const seen = useRef(epoch);
  useEffect(() => {
    if (seen.current === epoch) return;
    seen.current = epoch;
    if (needsSignIn(error)) again();
  });
}
