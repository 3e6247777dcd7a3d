import { useEffect, useRef, useState, type PointerEvent as ReactPointerEvent } from 'react';
import type { TilePlace } from '../../../shared/contract/dashboards.ts';
import { COLUMNS, place, type Placed } from './tileLayout.ts';

export const ROW = 44;
export const GAP = 10;

interface Drag {
  id: string;
  what: 'move' | 'resize';
  from: TilePlace;
  at: { x: number; y: number };
}

/** Moves and resizes tiles by the pointer; the others make room while it goes, and it is kept when it is let go. Esc takes it back. */
export function useTileDrag<T extends Placed>(tiles: readonly T[], width: number, onPlaced: (id: string, at: TilePlace) => void) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const [wanted, setWanted] = useState<TilePlace | null>(null);
  const latest = useRef({ wanted, onPlaced });
  useEffect(() => {
    latest.current = { wanted, onPlaced };
  });
  useEffect(() => {
    if (!drag) return;
    const step = { x: (width + GAP) / COLUMNS, y: ROW + GAP };
    const move = (event: PointerEvent) => {
      const by = { x: Math.round((event.clientX - drag.at.x) / step.x), y: Math.round((event.clientY - drag.at.y) / step.y) };
      const { x, y, w, h } = drag.from;
      setWanted(drag.what === 'move' ? { x: Math.max(0, Math.min(COLUMNS - w, x + by.x)), y: Math.max(0, y + by.y), w, h } : { x, y, w: Math.max(2, Math.min(COLUMNS - x, w + by.x)), h: Math.max(2, h + by.y) });
    };
    const end = () => {
      if (latest.current.wanted) latest.current.onPlaced(drag.id, latest.current.wanted);
      setDrag(null);
      setWanted(null);
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      setDrag(null);
      setWanted(null);
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    window.addEventListener('keydown', escape, true);
    return () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('keydown', escape, true);
    };
  }, [drag, width]);
  const begin = (tile: T, event: ReactPointerEvent, what: Drag['what']) => {
    event.preventDefault();
    (event.currentTarget as HTMLElement).focus?.();
    setDrag({ id: tile.id, what, from: tile.at, at: { x: event.clientX, y: event.clientY } });
  };
  return { shown: drag && wanted ? place(tiles, drag.id, wanted) : tiles, dragged: drag?.id, begin };
}
