import type { TFunction } from 'i18next';
import { AGE_EDGES, SIZE_EDGES } from '../../../shared/prices/buckets.ts';
import { formatBytes, formatNumber } from '../../ui/format.ts';

/** "30 to 60 days", "2 years and more". */
export function ageName(t: TFunction, index: number): string {
  const [from, to] = [AGE_EDGES[index] ?? 0, AGE_EDGES[index + 1]];
  if (from === 0) return t('ageBelow', { days: formatNumber(to ?? 0) });
  return to === undefined ? t('ageFrom', { days: formatNumber(from) }) : t('ageBetween', { from: formatNumber(from), to: formatNumber(to) });
}

export function sizeName(t: TFunction, index: number): string {
  const [from, to] = [SIZE_EDGES[index] ?? 0, SIZE_EDGES[index + 1]];
  if (from === 0) return t('sizeBelow', { size: formatBytes(to ?? 0) });
  return to === undefined ? t('sizeFrom', { size: formatBytes(from) }) : t('sizeBetween', { from: formatBytes(from), to: formatBytes(to) });
}
