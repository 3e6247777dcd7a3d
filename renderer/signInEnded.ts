const listeners = new Set<() => void>();

/** A call found its credentials expired. */
export function signInEnded(): void {
  for (const listener of listeners) listener();
}

export function onSignInEnded(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
