import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useOpenTabs, type ObjectsPlace } from '../../app/openTabs.ts';
import styles from './ObjectsToolbar.module.css';

/** Says which table covers the place, and opens it. Nothing where there is none, or the catalog cannot be read. */
export function CoveringChip({ place }: { place: ObjectsPlace }) {
  const { t } = useTranslation('objects');
  const client = useClient();
  const { id: connectionId } = useCurrentConnection();
  const { openTable } = useOpenTabs();
  const { data } = useQuery({
    queryKey: ['covering', connectionId, place.bucket, place.prefix],
    queryFn: ({ signal }) => client.catalog.covering({ connectionId, ...place }, { signal }),
  });
  if (!data) return null;
  const name = `${data.database}.${data.table}`;
  return (
    <button type="button" className={`${styles.chip} ellipsis`} title={t('coveredBy', { name })} onClick={() => openTable(data.database, data.table)}>
      <span className="ellipsis">{t('tableChip', { name })}</span>
    </button>
  );
}
