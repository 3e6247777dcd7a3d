import type { TFunction } from 'i18next';
import type { ChartData, ChartSpec } from '../../shared/contract/charts.ts';
import { formatAxis, formatInstant, formatPlace } from './chartFormat.ts';
import { placeWords } from './chartTable.ts';
import type { EChartsCoreOption } from './echarts.ts';
import { CHART_FONT, type ChartTheme } from './palette.ts';
import { measureName, seriesLabel } from './seriesWords.ts';
import { tooltip } from './tooltip.ts';

export interface OptionContext {
  data: ChartData;
  spec: ChartSpec;
  theme: ChartTheme;
  t: TFunction<'charts'>;
  /** px */
  width: number;
  height: number;
  /** In the picture itself, for files. */
  title?: string;
  animate: boolean;
}

/** Characters of a label that is drawn; the tooltip has all. */
const LABEL = 24;
const short = (text: string): string => (text.length > LABEL ? `${text.slice(0, LABEL - 1)}…` : text);
const toNumber = (text: string | null): number | null => (text === null || !Number.isFinite(Number(text)) ? null : Number(text));

const NUMERIC = /^-?\d+(\.\d+)?$/;

/** Columns are cut parts or names; only lines and scatters run over a continuous axis. */
export const isContinuous = ({ kind }: ChartSpec, { x }: ChartData): boolean => (kind === 'line' || kind === 'area' || kind === 'scatter') && x.kind !== 'text';

/** Bars lie where their names would not fit under them. */
export function lies({ data, spec, width }: Pick<OptionContext, 'data' | 'spec' | 'width'>): boolean {
  if ((spec.kind !== 'bar' && spec.kind !== 'stackedBar') || data.x.kind !== 'text') return false;
  const places = data.series[0]?.x ?? [];
  if (places.every((place) => place === null || NUMERIC.test(String(place)))) return false;
  const longest = places.reduce<number>((most, place) => Math.max(most, Math.min(LABEL, String(place ?? 'NULL').length)), 0);
  return places.length <= 40 && longest * 7 + 12 > (width - 80) / Math.max(1, places.length);
}

function placeLabels({ data, t }: OptionContext): string[] {
  const places = data.series[0]?.x ?? [];
  const words = placeWords(t);
  return places.map((place, i) => (data.x.kind === 'number' ? formatAxis(Number(place)) : formatPlace(place, data.x, words, i === places.length - 1)));
}

/** The measures share an axis; one is called by its name. */
const valueName = ({ spec, t }: OptionContext): string => (spec.kind === 'histogram' || spec.y.length === 0 ? t('rows') : spec.y.length === 1 ? measureName(spec.y[0], t) : '');

function axes(context: OptionContext) {
  const { data, spec, theme } = context;
  const name = { nameTextStyle: { color: theme.secondary, fontSize: 11 }, nameGap: 8 };
  const quiet = { axisLabel: { color: theme.secondary, fontSize: 11, hideOverlap: true }, axisLine: { lineStyle: { color: theme.line } }, axisTick: { show: false } };
  const split = { splitLine: { lineStyle: { color: theme.line } } };
  const value = { ...quiet, ...split, ...name, type: spec.log ? 'log' : 'value', name: valueName(context), nameLocation: 'end', nameTextStyle: { ...name.nameTextStyle, align: 'left' }, axisLabel: { ...quiet.axisLabel, formatter: formatAxis } };
  const xName = `${spec.x ?? ''}${data.x.utc ? ' (UTC)' : ''}`;
  if (isContinuous(spec, data)) {
    const x = { ...quiet, ...name, splitLine: { show: false }, name: xName, nameLocation: 'middle', nameGap: 26, scale: true };
    const time = { ...x, type: 'time', axisLabel: { ...quiet.axisLabel, formatter: { year: '{yyyy}', month: '{yyyy}-{MM}', day: '{MM}-{dd}', hour: '{HH}:{mm}', minute: '{HH}:{mm}', second: '{HH}:{mm}:{ss}', millisecond: '{HH}:{mm}:{ss}.{SSS}' } } };
    const number = { ...x, type: 'value', axisLabel: { ...quiet.axisLabel, formatter: formatAxis } };
    return { xAxis: data.x.kind === 'time' ? time : number, yAxis: { ...value, scale: spec.kind === 'scatter' || spec.kind === 'line' } };
  }
  const places = { ...quiet, ...name, type: 'category', data: placeLabels(context), axisLabel: { ...quiet.axisLabel, formatter: short } };
  if (spec.kind === 'heatMap') {
    const rows = data.series.map((one) => seriesLabel(one, { ...spec, y: spec.y.slice(0, 1) }, context.t));
    return { xAxis: { ...places, name: xName, nameLocation: 'middle', nameGap: 26 }, yAxis: { ...quiet, ...name, type: 'category', data: rows, inverse: true, name: spec.series, nameLocation: 'start', axisLabel: { ...quiet.axisLabel, formatter: short } } };
  }
  if (lies(context)) return { xAxis: { ...value, nameLocation: 'middle', nameGap: 24 }, yAxis: { ...places, inverse: true, axisLabel: { ...places.axisLabel, interval: 0, hideOverlap: false } } };
  return { xAxis: { ...places, name: xName, nameLocation: 'middle', nameGap: 26, boundaryGap: spec.kind !== 'line' && spec.kind !== 'area' }, yAxis: { ...value, scale: spec.kind === 'line' } };
}

const SIZES = { least: 6, most: 36 };

/** The size of a point by its rows (in cells) or by a column. */
function sizes({ data }: OptionContext): (index: number, point: number) => number {
  const of = (index: number) => data.series[index]?.size ?? data.series[index]?.count;
  let most = 0;
  for (const index of data.series.keys()) for (const value of of(index) ?? []) most = Math.max(most, value ?? 0);
  const sized = data.series.some(({ size }) => size !== undefined);
  const largest = sized ? SIZES.most : 16;
  return (index, point) => {
    const value = of(index)?.[point];
    if (value === undefined || value === null || most <= 0) return sized ? SIZES.least : 7;
    return Math.max(sized ? SIZES.least : 3, Math.sqrt(Math.max(0, value) / most) * largest);
  };
}

function series(context: OptionContext) {
  const { data, spec, theme, t } = context;
  const continuous = isContinuous(spec, data);
  if (spec.kind === 'heatMap') {
    const cells = data.series.flatMap((one, row) => one.y.flatMap((y, at) => (toNumber(y) === null ? [] : [[at, row, toNumber(y)!]])));
    return [{ type: 'heatmap', name: valueName(context), data: cells, itemStyle: { borderColor: theme.surface, borderWidth: 1 }, emphasis: { itemStyle: { borderColor: theme.text } } }];
  }
  if (spec.kind === 'pie') {
    const labels = placeLabels(context);
    const values = (data.series[0]?.y ?? []).map(toNumber);
    // A slice cannot be negative; the table has it.
    const slices = labels.flatMap((name, i) => ((values[i] ?? 0) > 0 ? [{ name, value: values[i]!, place: i, ...(data.x.other && i === labels.length - 1 ? { itemStyle: { color: theme.other } } : {}) }] : []));
    return [{ type: 'pie', name: valueName(context), radius: ['38%', '70%'], color: [...theme.colours], minShowLabelAngle: 5, avoidLabelOverlap: true, center: ['50%', '52%'], data: slices, itemStyle: { borderColor: theme.surface, borderWidth: 2 }, label: { color: theme.text, fontSize: 12, formatter: ({ name, percent }: { name: string; percent: number }) => `${short(name)}  ${percent}%` }, labelLine: { lineStyle: { color: theme.secondary } } }];
  }
  const sizeOf = sizes(context);
  return data.series.map((one, index) => {
    const colour = one.other ? theme.other : theme.colours[index % theme.colours.length]!;
    const values = continuous ? one.x.map((x, i) => [Number(x), toNumber(one.y[i] ?? null)]) : one.y.map(toNumber);
    const base = { name: seriesLabel(one, spec, t), data: values, itemStyle: { color: colour }, emphasis: { focus: data.series.length > 1 ? 'series' : 'none' } };
    if (spec.kind === 'scatter') return { ...base, type: 'scatter', itemStyle: { color: colour, opacity: 0.65 }, symbolSize: (_: unknown, { dataIndex }: { dataIndex: number }) => sizeOf(index, dataIndex), large: false };
    if (spec.kind === 'line' || spec.kind === 'area') {
      const stack = spec.kind === 'area' && data.series.length > 1 ? { stack: 'all' } : {};
      return { ...base, ...stack, type: 'line', showSymbol: one.x.length <= 60, symbolSize: 5, symbol: 'circle', lineStyle: { width: 1.75, color: colour }, ...(spec.kind === 'area' ? { areaStyle: { color: colour, opacity: 0.28 } } : {}) };
    }
    const stacked = spec.kind === 'stackedBar' || spec.kind === 'histogram' ? { stack: 'all' } : {};
    const bar = { ...base, ...stacked, type: 'bar', barMaxWidth: 64, barCategoryGap: data.x.kind === 'text' ? '28%' : '8%', barMinHeight: 1 };
    const last = one.x.length - 1;
    return data.x.other && data.series.length === 1 ? { ...bar, data: (values as (number | null)[]).map((value, i) => (i === last ? { value, itemStyle: { color: theme.other } } : value)) } : bar;
  });
}

/** Everything ECharts is told of a chart. */
export function chartOption(context: OptionContext): EChartsCoreOption {
  const { data, spec, theme, width, title, animate } = context;
  const cartesian = spec.kind !== 'pie';
  const legend = cartesian && spec.kind !== 'heatMap' && data.series.length > 1;
  const values = spec.kind === 'heatMap' ? data.series.flatMap(({ y }) => y.map(toNumber)).filter((value) => value !== null) : [];
  const top = (title ? 30 : 0) + (legend ? 34 : 12);
  return {
    useUTC: true,
    animation: animate,
    animationDuration: 250,
    animationDurationUpdate: 200,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: CHART_FONT, color: theme.text },
    ...(title ? { title: { text: title, left: 12, top: 8, textStyle: { color: theme.text, fontSize: 14, fontWeight: 600 } } } : {}),
    tooltip: tooltip(context),
    ...(legend ? { legend: { type: 'scroll', top: title ? 32 : 6, left: 12, right: 12, icon: 'roundRect', itemWidth: 10, itemHeight: 10, textStyle: { color: theme.text, fontSize: 12 }, inactiveColor: theme.line, pageIconColor: theme.text, pageIconInactiveColor: theme.line, pageTextStyle: { color: theme.secondary }, formatter: short } } : {}),
    ...(cartesian ? { grid: { top: top + (lies(context) ? 0 : 22), left: 14, right: 22, bottom: spec.kind === 'heatMap' ? 64 : 28, containLabel: true }, ...axes(context) } : {}),
    ...(spec.kind === 'heatMap' && values.length > 0
      ? { visualMap: { type: 'continuous', min: Math.min(...values), max: Math.max(...values, Math.min(...values) + 1e-9), calculable: false, orient: 'horizontal', left: 'center', bottom: 4, itemWidth: 12, itemHeight: Math.min(220, width / 3), textStyle: { color: theme.secondary, fontSize: 11 }, formatter: (value: number) => formatAxis(value), inRange: { color: [...theme.ramp] } } }
      : {}),
    series: series(context),
  };
}

/** A moment as an axis pointer shows it. */
export const pointerLabel = (millis: number, data: ChartData): string => formatInstant(millis, data.x.bucket);
