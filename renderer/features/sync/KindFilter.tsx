import { IconAlertTriangle, IconCircleCheck, IconCircleMinus, IconCirclePlus, IconReplace, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SyncKind, SyncPlan } from '../../../shared/contract/sync.ts';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import styles from './sync.module.css';

export const KINDS = ['new', 'changed', 'gone', 'problem', 'same'] as const satisfies SyncKind[];
export const KIND_ICONS: Record<SyncKind, Icon> = { new: IconCirclePlus, changed: IconReplace, gone: IconCircleMinus, problem: IconAlertTriangle, same: IconCircleCheck };

/** One toggle a kind: how many files and bytes, and whether its rows are shown. */
export function KindFilter({ plan, shown, onShown }: { plan: SyncPlan; shown: readonly SyncKind[]; onShown(kinds: SyncKind[]): void }) {
  const { t } = useTranslation('sync');
  return (
    <div role="group" aria-label={t('kinds')} className={styles.kinds}>
      {KINDS.map((kind) => {
        const { files, bytes, excludedFiles } = plan.sums[kind];
        const KindIcon = KIND_ICONS[kind];
        const pressed = shown.includes(kind);
        return (
          <button key={kind} type="button" aria-pressed={pressed} data-kind={kind} title={t(`kindText.${kind}`)} className={styles.kind} onClick={() => onShown(pressed ? shown.filter((one) => one !== kind) : [...shown, kind])}>
            <KindIcon size={15} stroke={1.8} aria-hidden />
            <span>{t(`kind.${kind}`)}</span>
            <strong className="numeric">{formatNumber(files)}</strong>
            {files > 0 && <span className={`${styles.quiet} numeric`}>{formatBytes(bytes)}</span>}
            {excludedFiles > 0 && <span className={`${styles.quiet} numeric`}>{t('leftOut', { count: excludedFiles, formatted: formatNumber(excludedFiles) })}</span>}
          </button>
        );
      })}
    </div>
  );
}
