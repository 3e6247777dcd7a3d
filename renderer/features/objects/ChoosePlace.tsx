import { IconBucket } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Toolbar, ToolButton } from '../../ui/Toolbar.tsx';
import type { ObjectsParams } from './ObjectsTab.tsx';
import styles from './ObjectsScreen.module.css';
import { PathField } from './PathField.tsx';

/** An objects tab that has no place yet: type one, or take a bucket. */
export function ChoosePlace({ goTo }: { goTo(place: ObjectsParams): void }) {
  const { t } = useTranslation('objects');
  const client = useClient();
  const { id: connectionId } = useCurrentConnection();
  const { data: buckets, error, refetch } = useQuery({ queryKey: ['buckets', connectionId], queryFn: ({ signal }) => client.s3.buckets({ connectionId }, { signal }) });
  return (
    <div className={styles.screen}>
      <Toolbar label={t('toolbar')}>
        <PathField place={null} goTo={goTo} autoFocus />
      </Toolbar>
      <EmptyState icon={<IconBucket size={36} stroke={1.2} />} title={t('choosePlace')} text={t('choosePlaceText')}>
        {error && <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} />}
        {buckets?.slice(0, 24).map(({ name }) => (
          <ToolButton key={name} icon={<IconBucket size={15} />} onClick={() => goTo({ bucket: name, prefix: '' })}>
            {name}
          </ToolButton>
        ))}
      </EmptyState>
    </div>
  );
}
