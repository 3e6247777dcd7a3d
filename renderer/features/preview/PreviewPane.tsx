import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { visibleName } from '../objects/listingView.ts';
import { PreviewBody } from './PreviewBody.tsx';
import styles from './PreviewPane.module.css';

interface Props {
  bucket: string;
  /** The one object that is selected. */
  object: { key: string; size: number; modified: string } | undefined;
  selected: { count: number; folders: number; bytes: number };
}

/** Moving through a list with the arrow keys must not read every object on the way. */
const SETTLE_MS = 150;

/** The region "Preview": what is inside the chosen object, read by as few ranges as that takes. */
export function PreviewPane({ bucket, object, selected }: Props) {
  const { t } = useTranslation('preview');
  const client = useClient();
  const { id: connectionId } = useCurrentConnection();
  const [settled] = useDebouncedValue(object, SETTLE_MS, { leading: true });
  const key = settled?.key ?? '';
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: ['preview', connectionId, bucket, key, settled?.modified],
    queryFn: async ({ signal }) => ({ key, preview: await client.preview.open({ connectionId, bucket, key }, { signal }) }),
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
  });
  const shown = object && data;
  const name = (full: string) => visibleName(full.slice(full.lastIndexOf('/') + 1));
  return (
    <section aria-label={t('preview')} aria-busy={isPlaceholderData} className={styles.pane}>
      {!object && (
        <EmptyState
          title={selected.count > 1 ? t('several', { count: selected.count, items: formatNumber(selected.count) }) : t(selected.folders === 1 ? 'folder' : 'nothing')}
          text={selected.count > 1 ? t(selected.folders > 0 ? 'severalWithFolders' : 'severalBytes', { bytes: formatBytes(selected.bytes) }) : t('nothingText')}
        />
      )}
      {object && (
        <h3 className={`${styles.name} ellipsis`} title={object.key}>
          {name(object.key)}
        </h3>
      )}
      {object && error && !isPlaceholderData && <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} />}
      {object && !error && !shown && <p className={styles.reading}>{t('reading')}</p>}
      {object && !error && shown && (
        <div className={`${styles.content} ${data.key === object.key ? '' : styles.old}`}>
          <PreviewBody preview={data.preview} name={name(data.key)} />
        </div>
      )}
    </section>
  );
}
