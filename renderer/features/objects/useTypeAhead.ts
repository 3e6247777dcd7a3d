import { useRef } from 'react';
import type { Listing } from './listing.ts';
import type { View } from './rowSelection.ts';

const PAUSE_MS = 800;

/** Where typing leads: the position of the next row whose name starts with what was typed, null where there is none. */
export interface TypedAhead {
  text: string;
  position: number | null;
}

/** Typing letters goes to the next row whose name starts with them. Undefined where the key is none. */
export function useTypeAhead(listing: Listing, view: View): (key: string, from: number) => TypedAhead | undefined {
  const typed = useRef({ text: '', at: 0 });
  return (key, from) => {
    if (key.length !== 1) return undefined;
    const now = Date.now();
    const text = (now - typed.current.at < PAUSE_MS ? typed.current.text : '') + key;
    typed.current = { text, at: now };
    const starts = listing.names.finder(text, true);
    const start = Math.max(0, text.length > 1 ? from : from + 1);
    for (let step = 0; step < view.length; step += 1) {
      const position = (start + step) % view.length;
      if (starts(view[position]!)) return { text, position };
    }
    return { text, position: null };
  };
}
