import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import styles from './sql.module.css';

/** Athena must write a result somewhere: offers the connection's buckets where neither workgroup nor tab names a place. */
export function ResultLocationPanel({ workgroup, onChoose }: { workgroup: string; onChoose(location: string): void }) {
  const { t } = useTranslation('sql');
  const client = useClient();
  const { id: connectionId } = useCurrentConnection();
  const { data: buckets = [], error } = useQuery({ queryKey: ['buckets', connectionId], queryFn: () => client.s3.buckets({ connectionId }) });
  const names = buckets.map(({ name }) => name);
  const suggested = names.find((name) => /athena|result/i.test(name)) ?? names[0] ?? null;
  const [chosen, setChosen] = useState<string | null>(null);
  const [folder, setFolder] = useState('athena-results/');
  const bucket = chosen ?? suggested;
  const location = bucket ? `s3://${bucket}/${folder.replace(/^\/+/, '').replace(/([^/])$/, '$1/')}` : null;
  return (
    <form
      className={styles.panel}
      onSubmit={(event) => {
        event.preventDefault();
        if (location) onChoose(location);
      }}
    >
      <h3>{t('location.title')}</h3>
      <p>{t('location.text', { workgroup })}</p>
      {error && <ErrorNotice error={toAppError(error)} />}
      <div className={styles.choices}>
        <Select label={t('location.bucket')} data={names} value={bucket} onChange={setChosen} searchable allowDeselect={false} w={260} />
        <TextInput label={t('location.folder')} value={folder} onChange={(event) => setFolder(event.currentTarget.value)} w={220} />
        <ToolButton primary type="submit" disabled={!location}>
          {t('location.use')}
        </ToolButton>
      </div>
    </form>
  );
}
