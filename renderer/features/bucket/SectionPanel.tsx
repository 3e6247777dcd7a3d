import { IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BucketSection, SectionState } from '../../../shared/contract/s3Bucket.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Chip, ToolButton } from '../../ui/Toolbar.tsx';
import styles from './bucket.module.css';
import { DeniedHelp } from './DeniedHelp.tsx';
import { SectionEditor } from './SectionEditor.tsx';
import { SectionSummary } from './SectionSummary.tsx';
import { startOf } from './starts.ts';

const tones = { set: 'success', unset: 'plain', denied: 'error', unsupported: 'plain' } as const;

/** One part of a bucket's configuration: as it is, why it cannot be read, or what it would be for; edited in its place. */
export function SectionPanel({ bucket, section }: { bucket: string; section: BucketSection }) {
  const { t } = useTranslation('bucket');
  const client = useClient();
  const { id: connectionId, readOnly } = useCurrentConnection();
  const [editing, setEditing] = useState<SectionState | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['bucket', connectionId, bucket, section],
    queryFn: ({ signal }) => client.s3Bucket.readSection({ connectionId, bucket, section }, { signal }),
    retry: false,
    staleTime: 0,
  });
  const editable = startOf(section) !== undefined && (data?.state === 'set' || data?.state === 'unset');
  return (
    <section className={styles.section} aria-label={t(`section.${section}`)} aria-busy={!data && !error}>
      <div className={styles.head}>
        <h3>{t(`section.${section}`)}</h3>
        {data && <Chip tone={section === 'policyStatus' && (data.value as { IsPublic?: boolean } | null)?.IsPublic ? 'warning' : tones[data.state]}>{t(`state.${data.state}`)}</Chip>}
        {editable && !editing && (
          <ToolButton icon={<IconPencil size={14} aria-hidden />} disabled={readOnly} title={readOnly ? t('readOnlyReason') : undefined} aria-label={t('editSection', { section: t(`section.${section}`) })} onClick={() => setEditing(data)}>
            {t('edit')}
          </ToolButton>
        )}
      </div>
      {error && <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} />}
      {!data && !error && <p className={styles.quiet}>{t('reading')}</p>}
      {editing ? (
        <SectionEditor bucket={bucket} section={section} from={editing} onEnd={() => (setEditing(null), void refetch())} />
      ) : data?.state === 'set' ? (
        <SectionSummary section={section} value={data.value} />
      ) : data?.state === 'unset' ? (
        <p className={styles.quiet}>{t(`teach.${section}`)}</p>
      ) : data?.state === 'denied' ? (
        <>
          <p className={styles.denied} role="note">{t('wasDenied', { action: data.error?.action ?? '', resource: data.error?.resource ?? bucket })}</p>
          {data.error && <DeniedHelp error={data.error} bucket={bucket} />}
        </>
      ) : data ? (
        <p className={styles.quiet}>{t('unsupportedText')}</p>
      ) : null}
    </section>
  );
}
