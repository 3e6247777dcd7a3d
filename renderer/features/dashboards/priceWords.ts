import type { TFunction } from 'i18next';
import type { Estimate } from '../../../shared/contract/estimates.ts';
import { formatBytes, formatPrice } from '../../ui/format.ts';

interface Total {
  bytes: number;
  /** US dollars on AWS. */
  dollars: number;
  /** Somebody pays them. */
  billed: boolean;
  /** It can be more than `bytes`. */
  open: boolean;
  /** Questions whose bytes or price nobody can tell. */
  unknown: number;
}

/** What several statements can scan at most. Where some are billed, the dollars are theirs. */
export function totalOf(estimates: readonly (Estimate | null)[]): Total {
  const known = estimates.filter((one) => one !== null).filter(({ bound }) => bound !== 'unknown' && bound !== 'unreadable');
  const billed = known.some((one) => one.billed);
  return {
    bytes: known.reduce((sum, one) => sum + one.bytes, 0),
    dollars: known.reduce((sum, one) => sum + (one.billed === billed ? (one.priceOnAws ?? 0) : 0), 0),
    billed,
    open: known.some(({ bound }) => bound === 'moreThan'),
    unknown: estimates.length - known.filter(({ bound, priceOnAws }) => bound === 'free' || priceOnAws !== null).length,
  };
}

/** `at most 20.5 MB · $0 here, $0.0003 on AWS · 1 unknown`; '' for no question at all. */
export function priceWords(t: TFunction<'dashboards'>, estimates: readonly (Estimate | null)[]): string {
  const { bytes, dollars, billed, open, unknown } = totalOf(estimates);
  if (estimates.length === 0) return '';
  const known = estimates.length > unknown;
  const price = billed || dollars === 0 ? formatPrice(dollars) : t('priceHere', { ns: 'sql', price: formatPrice(dollars) });
  return [known && `${t(open ? 'price.moreThan' : 'price.atMost', { bytes: formatBytes(bytes) })} · ${price}`, unknown > 0 && t('price.unknown', { count: unknown })].filter(Boolean).join(' · ');
}
