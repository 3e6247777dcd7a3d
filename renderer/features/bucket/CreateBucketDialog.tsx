import { Button, Group, Modal } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useMessages } from '../../app/messages.tsx';
import { ConnectionDot } from '../../ui/ConnectionDot.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { bucketNameProblem } from '../objects/names.ts';
import styles from './bucket.module.css';
import { check } from './checks.ts';
import { Check, TextField } from './forms/fields.tsx';
import { TagsForm, type Tag } from './forms/TagsForm.tsx';

/** A new bucket with the settings one would otherwise make right after. */
export function CreateBucketDialog({ onClose, created }: { onClose(): void; created(bucket: string): void }) {
  const { t } = useTranslation('bucket');
  const { t: ofObjects } = useTranslation('objects');
  const client = useClient();
  const messages = useMessages();
  const connection = useCurrentConnection();
  const [name, setName] = useState('');
  const [region, setRegion] = useState(connection.region);
  const [versioning, setVersioning] = useState(false);
  const [objectLock, setObjectLock] = useState(false);
  const [blockPublicAccess, setBlock] = useState(true);
  const [tags, setTags] = useState<Tag[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const problem = name ? bucketNameProblem(name, ofObjects) : undefined;
  const given = tags.filter(({ Key, Value }) => Key || Value);
  const problems = [...(problem ? [problem] : []), ...(given.length > 0 ? check('tags', null, { TagSet: given }, t).problems : [])];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!name || problems.length > 0) return;
    setBusy(true);
    setError(null);
    try {
      const tagMap = Object.fromEntries(given.map(({ Key, Value }) => [Key, Value]));
      const { notDone } = await client.s3Bucket.create({ connectionId: connection.id, bucket: name, region: region || undefined, versioning, objectLock, blockPublicAccess, tags: tagMap });
      messages.notify(ofObjects('bucketCreated', { bucket: name }), 'success');
      for (const { error: failure } of notDone) messages.error(failure);
      created(name);
      onClose();
    } catch (reason) {
      setError(reason);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={ofObjects('newBucket')} size="lg" closeButtonProps={{ 'aria-label': t('close', { ns: 'window' }) }}>
      <form className={styles.dialog} onSubmit={(event) => void submit(event)}>
        <p className={styles.connection}><ConnectionDot colour={connection.colour} /> {connection.name}</p>
        <TextField wide label={ofObjects('bucketName')} value={name} placeholder={ofObjects('bucketNameRule')} onChange={setName} />
        <TextField label={t('region')} value={region} onChange={setRegion} />
        <Check label={t('create.blockPublic')} checked={blockPublicAccess} onChange={setBlock} />
        <Check label={t('create.versioning')} checked={versioning || objectLock} onChange={setVersioning}><small>{t('check.versioningForever')}</small></Check>
        <Check label={t('create.objectLock')} checked={objectLock} onChange={setObjectLock}><small>{t('create.objectLockText')}</small></Check>
        <TagsForm tags={tags} onChange={setTags} />
        {problems.length > 0 && <ul className={styles.problems} aria-live="polite">{problems.map((one) => <li key={one}>{one}</li>)}</ul>}
        {error !== null && <ErrorNotice error={toAppError(error)} />}
        <Group justify="flex-end" gap={8} w="100%">
          <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" loading={busy} disabled={!name || problems.length > 0}>{ofObjects('create')}</Button>
        </Group>
      </form>
    </Modal>
  );
}
