import type { ChartData, ChartWindow } from '../../shared/contract/charts.ts';

/** The whole of a time or number axis that is drawn. */
export function shownWindow({ series, x }: ChartData): ChartWindow | undefined {
  if (x.kind !== 'time' && x.kind !== 'number') return undefined;
  let from = Infinity;
  let to = -Infinity;
  for (const one of series)
    for (const place of one.x) {
      from = Math.min(from, Number(place));
      to = Math.max(to, Number(place) + (x.step ?? 0));
    }
  return to > from ? { from, to } : undefined;
}

/** Half of it around a place, or twice as much; undefined: all of it, once that is reached. */
export function zoomed(shown: ChartWindow, around: number, factor: 0.5 | 2, all: ChartWindow | undefined): ChartWindow | undefined {
  const half = ((shown.to - shown.from) * factor) / 2;
  const next = { from: around - half, to: around + half };
  return factor === 2 && all && next.from <= all.from && next.to >= all.to ? undefined : next;
}
