import i18next from 'i18next';
import type { ChartData, TimeBucket } from '../../shared/contract/charts.ts';
import { groupDigits } from '../grid/groupDigits.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** An instant (ms) as its bucket is called: `2024`, `2024 Q2`, `2024-05`, `2024-05-11`, `2024-05-11 08:00`. In UTC. */
export function formatInstant(millis: number, bucket: TimeBucket | undefined): string {
  const at = new Date(millis);
  if (Number.isNaN(at.getTime())) return '';
  const year = String(at.getUTCFullYear()).padStart(4, '0');
  const day = `${year}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
  const minute = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
  switch (bucket) {
    case 'century':
    case 'decade':
    case 'year':
      return year;
    case 'quarter':
      return `${year} Q${Math.floor(at.getUTCMonth() / 3) + 1}`;
    case 'month':
      return day.slice(0, -3);
    case 'week':
    case 'day':
      return day;
    case 'hour':
    case 'hour6':
    case 'minute':
    case 'minute5':
    case 'minute15':
      return `${day} ${minute}`;
    default: {
      const seconds = `${two(at.getUTCSeconds())}${at.getUTCMilliseconds() ? `.${String(at.getUTCMilliseconds()).padStart(3, '0')}` : ''}`;
      if (bucket === 'second' || seconds !== '00') return `${day} ${minute}:${seconds}`;
      return minute === '00:00' ? day : `${day} ${minute}`;
    }
  }
}

const NUMBER = /^-?\d+(\.\d+)?$/;

/** A value exactly as the store computed it, its digits in groups. Averages and the like lose what is only noise. */
export function formatExact(text: string, approximate = false): string {
  if (!NUMBER.test(text)) return text;
  if (approximate && text.includes('.')) return groupDigits(String(Number(Number(text).toPrecision(12))));
  const [whole = '', fraction = ''] = text.split('.');
  const kept = fraction.replace(/0+$/, '');
  return groupDigits(kept ? `${whole}.${kept}` : whole);
}

/** A number on an axis: `1.2K`, `3M`; in Korean `1.2천`, `300만`. */
export const formatAxis = (value: number): string => new Intl.NumberFormat(i18next.language || 'en', { notation: Math.abs(value) >= 10_000 ? 'compact' : 'standard', maximumFractionDigits: Math.abs(value) < 1 ? 4 : 2 }).format(value);

/** A place on x in words. */
export function formatPlace(value: number | string | null, x: ChartData['x'], words: { null: string; empty: string; other: string }, isLast = false): string {
  if (x.kind === 'time') return formatInstant(Number(value), x.bucket);
  if (x.kind === 'number') {
    const low = formatAxisExact(Number(value));
    return x.step === undefined ? low : `${low} – ${formatAxisExact(Number((Number(value) + x.step).toPrecision(12)))}`;
  }
  if (value === null) return x.other && isLast ? words.other : words.null;
  return value === '' ? words.empty : String(value);
}

const formatAxisExact = (value: number): string => new Intl.NumberFormat(i18next.language || 'en', { maximumSignificantDigits: 12 }).format(value);
