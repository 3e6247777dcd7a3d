import { useTranslation } from 'react-i18next';
import type { SyncPlan } from '../../../shared/contract/sync.ts';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { leftOf, workOf } from './sums.ts';
import styles from './sync.module.css';

/** What a start would do, in one line, and whether it could be taken back. */
export function SyncFoot({ plan, deleteGone }: { plan: SyncPlan; deleteGone: boolean }) {
  const { t } = useTranslation('sync');
  const { files, bytes, deletes } = workOf(plan, deleteGone);
  const moves = plan.from.kind === 'folder' ? 'uploads' : plan.to.kind === 'folder' ? 'downloads' : plan.from.connectionId === plan.to.connectionId ? 'copies' : 'across';
  const overwrites = leftOf(plan.sums.changed).files;
  const counted = (count: number) => ({ count, formatted: formatNumber(count) });
  return (
    <p className={styles.foot}>
      <span className="numeric">{t(`foot.${moves}`, { ...counted(files), bytes: formatBytes(bytes) })}</span>
      {overwrites > 0 && <span className="numeric">{t('foot.overwrites', counted(overwrites))}</span>}
      {plan.sums.gone.files > 0 && <span className={`numeric ${deletes > 0 ? styles.error : ''}`}>{deletes > 0 ? t('foot.deletes', counted(deletes)) : t('foot.keeps', counted(plan.sums.gone.files))}</span>}
      {(overwrites > 0 || deletes > 0) && <span className={plan.undo === 'versions' ? styles.quiet : styles.warning}>{t(plan.to.kind === 'folder' ? 'undo.folder' : `undo.${plan.undo}`)}</span>}
    </p>
  );
}
