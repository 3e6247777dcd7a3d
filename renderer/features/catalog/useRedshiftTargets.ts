import { useEffect, useMemo } from 'react';
import { useView, useWorkspace } from '../../app/workspace.tsx';
import { readSqlParams } from '../sql/sqlParams.ts';
import type { RedshiftTarget } from '../../../shared/contract/redshift.ts';
import { placeKey } from './redshiftNodes.tsx';

const MOST = 20;
const NONE: RedshiftTarget[] = [];

/** Redshift's places that tabs of the connection name or named: listing them takes rights of its own. `forget` leaves out one. */
export function useRedshiftTargets(connectionId: string): { targets: readonly RedshiftTarget[]; forget(target: RedshiftTarget): void } {
  const { tabs } = useWorkspace();
  const [kept, setKept] = useView<RedshiftTarget[]>(`redshiftPlaces ${connectionId}`, NONE);
  const named = JSON.stringify(tabs.flatMap((tab) => (tab.kind === 'sql' && tab.connectionId === connectionId ? [readSqlParams(tab.params).target] : [])).filter((target) => target !== undefined));
  useEffect(() => {
    const fresh = (JSON.parse(named) as RedshiftTarget[]).filter((target, at, all) => all.findIndex((one) => placeKey(one) === placeKey(target)) === at && !kept.some((one) => placeKey(one) === placeKey(target)));
    if (fresh.length > 0) setKept([...fresh, ...kept].slice(0, MOST));
    // A place that was left out comes back with the next tab that names it, not before.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [named]);
  return useMemo(() => ({ targets: kept, forget: (target) => setKept(kept.filter((one) => placeKey(one) !== placeKey(target))) }), [kept, setKept]);
}
