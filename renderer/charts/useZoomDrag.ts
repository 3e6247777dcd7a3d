import { useState, type PointerEvent } from 'react';
import type { ChartData, ChartSpec, ChartWindow } from '../../shared/contract/charts.ts';
import { isContinuous, lies } from './chartOption.ts';
import type { ECharts } from './echarts.ts';

/** A drag shorter than this is a click. */
const LEAST_PX = 6;

interface Band {
  from: number;
  to: number;
}

/** Dragging across a time or number axis chooses a part of it. Places in px of the chart's element. */
export function useZoomDrag(chart: ECharts | null, data: ChartData, spec: ChartSpec, width: number, onZoom: ((window: ChartWindow) => void) | undefined) {
  const [band, setBand] = useState<Band | null>(null);
  const can = onZoom !== undefined && chart !== null && (data.x.kind === 'time' || data.x.kind === 'number') && spec.kind !== 'pie' && !lies({ data, spec, width });

  const valueAt = (px: number): number => {
    const found = Number(chart!.convertFromPixel({ xAxisIndex: 0 }, px));
    if (isContinuous(spec, data)) return found;
    const places = data.series[0]?.x ?? [];
    return Number(places[Math.max(0, Math.min(places.length - 1, Math.round(found)))]);
  };
  /** The end of the part a place begins. */
  const endOf = (value: number): number => {
    if (isContinuous(spec, data)) return value;
    const places = data.series[0]?.x ?? [];
    const next = places[places.indexOf(value) + 1];
    return next !== undefined ? Number(next) - (data.x.kind === 'time' ? 1 : 0) : value + (data.x.step ?? 366 * 86_400_000);
  };
  const at = (event: PointerEvent<HTMLElement>) => event.clientX - event.currentTarget.getBoundingClientRect().left;

  return {
    band,
    handlers: can
      ? {
          onPointerDown(event: PointerEvent<HTMLElement>) {
            const box = event.currentTarget.getBoundingClientRect();
            if (event.button !== 0 || !chart.containPixel({ gridIndex: 0 }, [event.clientX - box.left, event.clientY - box.top])) return;
            setBand({ from: at(event), to: at(event) });
          },
          onPointerMove(event: PointerEvent<HTMLElement>) {
            if (!band) return;
            // Not before: a click is the chart's own.
            if (Math.abs(at(event) - band.from) >= LEAST_PX) event.currentTarget.setPointerCapture(event.pointerId);
            setBand({ from: band.from, to: at(event) });
          },
          onPointerUp() {
            setBand(null);
            if (!band || Math.abs(band.to - band.from) < LEAST_PX) return;
            const [low, high] = [valueAt(Math.min(band.from, band.to)), endOf(valueAt(Math.max(band.from, band.to)))];
            if (Number.isFinite(low) && Number.isFinite(high) && high > low) onZoom({ from: low, to: high });
          },
          onPointerCancel: () => setBand(null),
        }
      : {},
  };
}
