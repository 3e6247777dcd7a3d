import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BucketFacts } from '../../../shared/contract/s3Tiers.ts';
import type { Estimate } from '../../../shared/prices/cost.ts';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { money } from './money.ts';
import styles from './tiers.module.css';

/** What is left out, what would cost more, and what versions mean: only what is so. */
export function EstimateNotes({ of, facts, way }: { of: Estimate; facts: BucketFacts | undefined; way: 'copy' | 'lifecycle' }) {
  const { t } = useTranslation('tiers');
  const notes: [boolean, string][] = [];
  const objects = (count: number) => ({ count, objects: formatNumber(count) });
  if (of.dearer.objects > 0) notes.push([true, t('dearer', { ...objects(of.dearer.objects), more: money(t, of.dearer.more) })]);
  if (way === 'copy' && facts?.versioning === 'enabled') notes.push([true, t('versionsStay')]);
  if (way === 'copy' && facts?.versioning === 'unknown') notes.push([true, t('versionsUnknown')]);
  if (of.blocked.objects > 0) notes.push([true, t('blocked', { ...objects(of.blocked.objects), bytes: formatBytes(of.blocked.bytes) })]);
  if (of.already > 0) notes.push([false, t('already', objects(of.already))]);
  if (of.left > 0) notes.push([false, t('left', objects(of.left))]);
  if (notes.length === 0) return null;
  return (
    <ul className={styles.notes}>
      {notes.map(([warns, text]) => (
        <li key={text} data-warns={warns || undefined}>
          {warns ? <IconAlertTriangle size={14} aria-hidden /> : <IconInfoCircle size={14} aria-hidden />}
          {text}
        </li>
      ))}
    </ul>
  );
}
