import { useTranslation } from 'react-i18next';
import { useOpenTabs, type ObjectsPlace } from '../../app/openTabs.ts';
import { useCoveringTables } from '../lakePaths/useCoveringTables.ts';
import styles from './ObjectsToolbar.module.css';

/** Says which table covers the place, and opens it. Nothing where there is none, or the catalog cannot be read. */
export function CoveringChip({ place }: { place: ObjectsPlace }) {
  const { t } = useTranslation('objects');
  const { openTable } = useOpenTabs();
  const { data = [] } = useCoveringTables(place, false);
  const [nearest, ...others] = data;
  if (!nearest) return null;
  const nameOf = ({ database, table }: { database: string; table: string }) => `${database}.${table}`;
  return (
    <button type="button" className={`${styles.chip} ellipsis`} title={t('coveredBy', { name: data.map(nameOf).join(', ') })} onClick={() => openTable(nearest.database, nearest.table)}>
      <span className="ellipsis">
        {t('tableChip', { name: nameOf(nearest) })}
        {others.length > 0 && ` +${others.length}`}
      </span>
    </button>
  );
}
