import { Select, TextInput } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { copyText } from '../../ui/clipboard.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import styles from './sql.module.css';

/**
 * Athena must write a result somewhere: offers the connection's buckets where neither workgroup nor tab names a place.
 * A workgroup that enforces its own settings takes no place from a client: then the command that gives it one is offered.
 */
export function ResultLocationPanel({ workgroup, onChoose }: { workgroup: string; onChoose(location: string): void }) {
  const { t } = useTranslation('sql');
  const client = useClient();
  const { id: connectionId } = useCurrentConnection();
  const { data: buckets = [], error } = useQuery({ queryKey: ['buckets', connectionId], queryFn: () => client.s3.buckets({ connectionId }) });
  const { data: workgroups = [] } = useQuery({ queryKey: ['workgroups', connectionId], queryFn: () => client.runs.workgroups({ connectionId }) });
  const enforced = workgroups.find(({ name }) => name === workgroup)?.enforced ?? false;
  const names = buckets.map(({ name }) => name);
  const suggested = names.find((name) => /athena|result/i.test(name)) ?? names[0] ?? null;
  const [chosen, setChosen] = useState<string | null>(null);
  const [folder, setFolder] = useState('athena-results/');
  const bucket = chosen ?? suggested;
  const location = bucket ? `s3://${bucket}/${folder.replace(/^\/+/, '').replace(/([^/])$/, '$1/')}` : null;
  const command = `aws athena update-work-group --work-group ${workgroup} --configuration-updates 'ResultConfigurationUpdates={OutputLocation=${location ?? 's3://…'}}'`;
  return (
    <form
      className={styles.panel}
      onSubmit={(event) => {
        event.preventDefault();
        if (location && !enforced) onChoose(location);
      }}
    >
      <h3>{t('location.title')}</h3>
      <p>{t(enforced ? 'location.enforced' : 'location.text', { workgroup })}</p>
      {error && <ErrorNotice error={toAppError(error)} />}
      <div className={styles.choices}>
        <Select label={t('location.bucket')} data={names} value={bucket} onChange={setChosen} searchable allowDeselect={false} w={260} />
        <TextInput label={t('location.folder')} value={folder} onChange={(event) => setFolder(event.currentTarget.value)} w={220} />
        {!enforced && (
          <ToolButton primary type="submit" disabled={!location}>
            {t('location.use')}
          </ToolButton>
        )}
      </div>
      {enforced && (
        <div className={styles.choices}>
          <code className={styles.command}>{command}</code>
          <ToolButton icon={<IconCopy size={14} />} onClick={() => void copyText(command)}>
            {t('error.copyCommand', { ns: 'window' })}
          </ToolButton>
        </div>
      )}
    </form>
  );
}
