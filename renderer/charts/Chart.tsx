import { useEffect, useId, useImperativeHandle, useMemo, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartData, ChartSpec, ChartWindow } from '../../shared/contract/charts.ts';
import { useTheme } from '../app/themeStore.ts';
import { toAppError } from '../app/errors.ts';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import styles from './chart.module.css';
import './tooltip.css';
import { formatExact, formatPlace } from './chartFormat.ts';
import { chartOption } from './chartOption.ts';
import { chartSummary } from './chartSummary.ts';
import { placeWords } from './chartTable.ts';
import { pictures, type Pictures } from './pictures.ts';
import { chartThemes } from './palette.ts';
import { isApproximate, seriesLabel } from './seriesWords.ts';
import { useECharts } from './useECharts.ts';
import { useZoomDrag } from './useZoomDrag.ts';
import { shownWindow, zoomed } from './zoomKeys.ts';

export interface ChartHandle extends Pictures {
  focus(): void;
}

interface Props {
  ref?: Ref<ChartHandle>;
  data: ChartData;
  spec: ChartSpec;
  /** Its accessible name. */
  label: string;
  /** What of the axis is shown; undefined: all. */
  window?: ChartWindow | undefined;
  onZoom?(window: ChartWindow | undefined): void;
  /** A point was clicked, or Enter was pressed on it. */
  onPick?(at: Point): void;
}

const before = (y: readonly (string | null)[], point: number, shown: (text: string | null) => boolean): number => y.slice(0, point).filter(shown).length;

/** A point of a chart: which series, and which of its places. */
export interface Point {
  series: number;
  point: number;
}

/** Where ECharts has a point: a pie draws one series without its empty slices, a heat map one of all cells that have a value. */
function drawnAt(data: ChartData, spec: ChartSpec, { series, point }: Point): { seriesIndex: number; dataIndex: number } {
  const y = data.series[series]?.y ?? [];
  const present = (text: string | null) => text !== null;
  if (spec.kind === 'pie') return { seriesIndex: 0, dataIndex: before(y, point, (text) => Number(text) > 0) };
  if (spec.kind !== 'heatMap') return { seriesIndex: series, dataIndex: point };
  return { seriesIndex: 0, dataIndex: data.series.slice(0, series).reduce((sum, one) => sum + before(one.y, one.y.length, present), 0) + before(y, point, present) };
}

/** The point ECharts has there; undefined: none. */
function pointAt(data: ChartData, spec: ChartSpec, { seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number }): Point | undefined {
  const isOne = spec.kind === 'pie' || spec.kind === 'heatMap';
  const series = isOne ? data.series.keys() : [seriesIndex];
  for (const one of series) {
    const places = data.series[one]?.x.length ?? 0;
    for (let point = isOne ? 0 : dataIndex; point < (isOne ? places : Math.min(places, dataIndex + 1)); point += 1) {
      const drawn = drawnAt(data, spec, { series: one, point });
      const next = drawnAt(data, spec, { series: one, point: point + 1 });
      // What is not drawn has the place of the next that is.
      if (drawn.seriesIndex === seriesIndex && drawn.dataIndex === dataIndex && (!isOne || next.dataIndex > dataIndex)) return { series: one, point };
    }
  }
  return undefined;
}

/** A chart: its picture, its summary for those who do not see it, and its points by the arrow keys. */
export function Chart({ ref, data, spec, label, window: shown, onZoom, onPick }: Props) {
  const { t } = useTranslation('charts');
  const theme = chartThemes[useTheme()];
  const { host, chart, width, height, error } = useECharts();
  const frame = useRef<HTMLDivElement>(null);
  const summaryId = useId();
  const [at, setAt] = useState<Point | null>(null);
  const all = useRef<ChartWindow>(undefined);
  const { band, handlers } = useZoomDrag(chart, data, spec, width, onZoom);
  const still = useMemo(() => globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches, []);

  useEffect(() => {
    if (!shown) all.current = shownWindow(data);
  }, [data, shown]);
  useEffect(() => {
    if (!chart || width === 0) return;
    chart.setOption(chartOption({ data, spec, theme, t, width, height, animate: !still && data.series.length <= 10 }), { notMerge: true, lazyUpdate: false });
  }, [chart, data, spec, theme, t, width, height, still]);
  useEffect(() => {
    if (!chart || width === 0) return;
    chart.dispatchAction(at ? { type: 'showTip', ...drawnAt(data, spec, at) } : { type: 'hideTip' });
    // Drawn anew, it shows no tooltip: then it is asked again.
  }, [chart, data, spec, at, width, height, theme]);
  useEffect(() => {
    if (!chart || !onPick) return;
    const pick = ({ seriesIndex = 0, dataIndex }: { seriesIndex?: number; dataIndex: number }) => {
      const point = pointAt(data, spec, { seriesIndex, dataIndex });
      if (point) onPick(point);
    };
    chart.on('click', pick as never);
    return () => void chart.off('click', pick as never);
  }, [chart, data, spec, onPick]);
  useImperativeHandle(ref, () => ({ focus: () => frame.current?.focus(), ...pictures({ data, spec, theme, t, width, height, title: spec.title ?? '', animate: false }) }), [data, spec, theme, t, width, height]);

  const say = (series: number, point: number): string => {
    const one = data.series[series];
    if (!one) return '';
    const y = one.y[point];
    const value = y === null || y === undefined ? 'NULL' : formatExact(y, isApproximate(spec.y[one.measure]));
    return `${formatPlace(one.x[point] ?? null, data.x, placeWords(t), point === one.x.length - 1)}: ${data.series.length > 1 ? `${seriesLabel(one, spec, t)} ` : ''}${value}`;
  };
  const goTo = (series: number, point: number) => {
    const one = data.series[series];
    if (!one || one.x.length === 0) return;
    setAt({ series, point: Math.max(0, Math.min(one.x.length - 1, point)) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const now = at ?? { series: 0, point: -1 };
    const window = shown ?? shownWindow(data);
    const around = Number(data.series[now.series]?.x[Math.max(0, now.point)] ?? Number.NaN);
    const zoom = (factor: 0.5 | 2) => window && onZoom?.(zoomed(window, at && Number.isFinite(around) ? around : (window.from + window.to) / 2, factor, all.current));
    const actions: Record<string, () => void> = {
      ArrowRight: () => goTo(now.series, now.point + 1),
      ArrowLeft: () => goTo(now.series, now.point - 1),
      ArrowDown: () => goTo((now.series + 1) % data.series.length, Math.max(0, now.point)),
      ArrowUp: () => goTo((now.series - 1 + data.series.length) % data.series.length, Math.max(0, now.point)),
      Home: () => goTo(now.series, 0),
      End: () => goTo(now.series, Infinity),
      '+': () => zoom(0.5),
      '=': () => zoom(0.5),
      '-': () => zoom(2),
      ...(at && onPick ? { Enter: () => onPick(at) } : {}),
      Escape: () => (at ? setAt(null) : onZoom?.(undefined)),
    };
    const act = actions[event.key];
    if (!act || data.series.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const spoken = at && data.series[at.series] ? say(at.series, at.point) : '';
  if (error) return <ErrorNotice error={toAppError(error)} />;
  return (
    <div className={styles.frame}>
      <div ref={frame} className={styles.focus} role="img" tabIndex={0} aria-label={label} aria-describedby={summaryId} aria-keyshortcuts="ArrowLeft ArrowRight Home End Enter + - Escape" onKeyDown={onKeyDown} onDoubleClick={() => onZoom?.(undefined)} {...handlers}>
        <div ref={host} className={styles.canvas} data-points={data.series.reduce((sum, { x }) => sum + x.length, 0)} />
        {band && Math.abs(band.to - band.from) > 2 && <div className={styles.band} style={{ left: Math.min(band.from, band.to), width: Math.abs(band.to - band.from) }} />}
      </div>
      <p id={summaryId} className="visually-hidden">
        {chartSummary(data, spec, t)}
      </p>
      <p className="visually-hidden" aria-live="polite">
        {spoken}
      </p>
    </div>
  );
}
