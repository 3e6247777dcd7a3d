import type { Tab } from '../../../shared/contract/workspace.ts';
import { readSqlParams } from '../sql/sqlParams.ts';

const OWN = 'primary';

/** The workgroups that SQL tabs of the connection run in; where none does, the one every account has. */
export function tabWorkgroups(tabs: readonly Pick<Tab, 'kind' | 'connectionId' | 'params'>[], connectionId: string): string[] {
  const asking = tabs.filter((tab) => tab.kind === 'sql' && tab.connectionId === connectionId).map(({ params }) => readSqlParams(params));
  const names = [...new Set(asking.filter(({ engine }) => engine === 'athena').map(({ workgroup }) => workgroup))];
  return names.length > 0 ? names.toSorted() : [OWN];
}
