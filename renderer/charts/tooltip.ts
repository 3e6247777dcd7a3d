import { formatNumber } from '../ui/format.ts';
import { formatExact, formatPlace } from './chartFormat.ts';
import type { OptionContext } from './chartOption.ts';
import { isContinuous } from './chartOption.ts';
import { placeWords } from './chartTable.ts';
import { CHART_FONT } from './palette.ts';
import { isApproximate, seriesLabel } from './seriesWords.ts';

interface Shown {
  seriesIndex: number;
  dataIndex: number;
  color?: unknown;
  value?: unknown;
  percent?: number;
  data?: { place?: number };
}

const MOST_LINES = 14;

function line(colour: string | undefined, label: string, value: string): HTMLElement {
  const row = document.createElement('div');
  row.className = 'chart-tooltip-row';
  if (colour !== undefined) {
    const mark = document.createElement('i');
    mark.style.background = colour;
    row.append(mark);
  }
  const name = document.createElement('span');
  name.textContent = label;
  const exact = document.createElement('b');
  exact.textContent = value;
  row.append(name, exact);
  return row;
}

/** Built of text nodes: what stands in the data is never markup (FAULTS 25). */
function body(head: string, rows: HTMLElement[]): HTMLElement {
  const element = document.createElement('div');
  element.className = 'chart-tooltip';
  const title = document.createElement('div');
  title.className = 'chart-tooltip-head';
  title.textContent = head;
  element.append(title, ...rows.slice(0, MOST_LINES));
  if (rows.length > MOST_LINES) element.append(line(undefined, '…', formatNumber(rows.length - MOST_LINES)));
  return element;
}

/** Exact values at the pointer. */
export function tooltip(context: OptionContext) {
  const { data, spec, theme, t } = context;
  const words = placeWords(t);
  const place = (series: number, point: number) => {
    const x = data.series[series]?.x ?? [];
    return formatPlace(x[point] ?? null, data.x, words, point === x.length - 1);
  };
  const exact = (series: number, point: number): string => {
    const one = data.series[series];
    const text = one?.y[point];
    return text === null || text === undefined ? '–' : formatExact(text, isApproximate(spec.y[one!.measure]) || (one?.count?.[point] ?? 1) > 1 && spec.kind === 'scatter');
  };
  const colourOf = (color: unknown) => (typeof color === 'string' ? color : undefined);
  const formatter = (shown: Shown | Shown[]): HTMLElement => {
    if (!Array.isArray(shown)) {
      if (spec.kind === 'heatMap') {
        const [at = 0, row = 0] = shown.value as number[];
        return body(place(row, at), [line(colourOf(shown.color), seriesLabel(data.series[row]!, { ...spec, y: spec.y.slice(0, 1) }, t), exact(row, at))]);
      }
      if (spec.kind === 'pie') {
        const at = shown.data?.place ?? shown.dataIndex;
        return body(place(0, at), [line(colourOf(shown.color), `${shown.percent ?? 0}%`, exact(0, at))]);
      }
      const one = data.series[shown.seriesIndex]!;
      const count = one.count?.[shown.dataIndex];
      const size = one.size?.[shown.dataIndex];
      return body(place(shown.seriesIndex, shown.dataIndex), [
        line(colourOf(shown.color), seriesLabel(one, spec, t), exact(shown.seriesIndex, shown.dataIndex)),
        ...(size !== undefined && size !== null ? [line(undefined, spec.size ?? '', formatExact(String(size)))] : []),
        ...(count !== undefined && count > 1 ? [line(undefined, t('rowsHere'), formatNumber(count))] : []),
      ]);
    }
    const [first] = shown;
    if (!first) return body('', []);
    const rows = shown.filter(({ seriesIndex, dataIndex }) => data.series[seriesIndex]?.y[dataIndex] !== null);
    return body(place(first.seriesIndex, first.dataIndex), rows.map(({ seriesIndex, dataIndex, color }) => line(colourOf(color), seriesLabel(data.series[seriesIndex]!, spec, t), exact(seriesIndex, dataIndex))));
  };
  const byAxis = spec.kind !== 'pie' && spec.kind !== 'heatMap' && spec.kind !== 'scatter';
  return {
    trigger: byAxis ? 'axis' : 'item',
    ...(byAxis ? { axisPointer: { type: isContinuous(spec, data) ? 'line' : 'shadow', lineStyle: { color: theme.secondary }, shadowStyle: { color: theme.secondary, opacity: 0.12 } } } : {}),
    confine: true,
    transitionDuration: 0,
    backgroundColor: theme.raised,
    borderColor: theme.line,
    padding: [7, 10],
    textStyle: { color: theme.text, fontSize: 12, fontFamily: CHART_FONT },
    extraCssText: 'box-shadow: var(--shadow); border-radius: 6px; max-width: 420px;',
    formatter,
  };
}
