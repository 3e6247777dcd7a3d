import { useTranslation } from 'react-i18next';
import type { SyncPlan } from '../../../shared/contract/sync.ts';
import { formatNumber } from '../../ui/format.ts';
import styles from './sync.module.css';

/** How far the plan is, said to screen readers too. */
export function PlanStatus({ plan }: { plan: SyncPlan | undefined }) {
  const { t } = useTranslation('sync');
  const said = plan && t(plan.transferId !== undefined ? 'state.started' : `state.${plan.state}`, { from: formatNumber(plan.listed.from), to: formatNumber(plan.listed.to) });
  return (
    <span role="status" aria-label={t('status')} className={`${styles.quiet} ellipsis numeric`} data-state={plan?.state}>
      {said}
    </span>
  );
}
