import type { TFunction } from 'i18next';
import { formatNumber } from '../../ui/format.ts';

/** Dollars in words, `unknown` where a price is not known; a minus before what is gained. */
export function money(t: TFunction, dollars: number | null | undefined): string {
  if (dollars === null || dollars === undefined) return t('unknown');
  const amount = Math.abs(dollars);
  const text = amount >= 1000 ? `$${formatNumber(Math.round(amount))}` : amount >= 0.01 ? `$${amount.toFixed(2)}` : amount === 0 ? '$0' : '<$0.01';
  return dollars < 0 && amount >= 0.01 ? `−${text}` : dollars < 0 ? '≈ $0' : text;
}

/** A minute, hours or days, as restores are told. */
export function hoursText(t: TFunction, { from, to }: { from: number; to: number }): string {
  if (to < 1) return t('minutesBetween', { from: Math.round(from * 60), to: Math.round(to * 60) });
  return from === 0 ? t('hoursWithin', { to }) : t('hoursBetween', { from, to });
}
