import { useRef } from 'react';

const PAUSE_MS = 800;

/** Typing letters goes to the next row whose name starts with them; null where the key is none or nothing matches. */
export function useTypeAhead(nameAt: (position: number) => string, count: number): (key: string, from: number) => number | null {
  const typed = useRef({ text: '', at: 0 });
  return (key, from) => {
    if (key.length !== 1) return null;
    const now = Date.now();
    const text = (now - typed.current.at < PAUSE_MS ? typed.current.text : '') + key.toLowerCase();
    typed.current = { text, at: now };
    const start = Math.max(0, text.length > 1 ? from : from + 1);
    for (let step = 0; step < count; step += 1) {
      const position = (start + step) % count;
      if (nameAt(position).toLowerCase().startsWith(text)) return position;
    }
    return null;
  };
}
