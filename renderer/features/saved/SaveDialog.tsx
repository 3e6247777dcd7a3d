import { Button, Group, Modal, SegmentedControl, TagsInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import type { SavedQuery } from '../../../shared/contract/savedQueries.ts';
import styles from './saved.module.css';

type Where = 'here' | 'named' | 'prepared';

interface Props {
  /** What is saved; `id` where it replaces one of this computer. */
  draft: Omit<SavedQuery, 'updatedAt' | 'id'> & { id?: string | undefined };
  onClose(): void;
  onSaved(query: SavedQuery): void;
}

const PREPARED_NAME = /^[A-Za-z_][A-Za-z0-9_@:]{0,255}$/;

/** Where a query goes, under which name: this computer, or Athena's own named queries and prepared statements. */
export function SaveDialog({ draft, onClose, onSaved }: Props) {
  const { t } = useTranslation('saved');
  const client = useClient();
  const cache = useQueryClient();
  const { id: connectionId } = useCurrentConnection();
  const [where, setWhere] = useState<Where>('here');
  const [name, setName] = useState(draft.name);
  const [folder, setFolder] = useState(draft.folder);
  const [tags, setTags] = useState(draft.tags);
  const [error, setError] = useState<unknown>(null);
  const known = cache.getQueryData<SavedQuery[]>(['savedQueries']) ?? [];
  const problem = !name.trim() ? t('needsName') : where === 'prepared' && !PREPARED_NAME.test(name) ? t('preparedName') : undefined;
  const workgroup = draft.workgroup ?? 'primary';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (problem) return;
    setError(null);
    try {
      if (where === 'here') {
        const saved = await client.savedQueries.save({ ...draft, id: draft.id ?? crypto.randomUUID(), name: name.trim(), folder, tags });
        onSaved(saved);
      } else {
        await client.savedQueries.share({ connectionId, workgroup, kind: where, name: name.trim(), database: draft.database ?? 'default', sql: draft.sql });
      }
      await cache.invalidateQueries({ queryKey: ['savedQueries'] });
      await cache.invalidateQueries({ queryKey: ['sharedQueries'] });
      onClose();
    } catch (reason) {
      setError(reason);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('saveTitle')} size="md" closeButtonProps={{ 'aria-label': t('close', { ns: 'window' }) }}>
      <form onSubmit={(event) => void submit(event)} className={styles.form}>
        <SegmentedControl
          aria-label={t('where')}
          size="xs"
          fullWidth
          value={where}
          onChange={(value) => setWhere(value as Where)}
          data={(['here', 'named', 'prepared'] as const).map((value) => ({ value, label: t(`places.${value}`), disabled: value !== 'here' && draft.engine !== undefined && draft.engine !== 'athena' }))}
        />
        <TextInput label={t('name')} value={name} onChange={(event) => setName(event.currentTarget.value)} error={name ? problem : undefined} data-autofocus maxLength={where === 'here' ? 200 : 128} />
        {where === 'here' ? (
          <>
            <TextInput label={t('folder')} description={t('folderText')} value={folder} onChange={(event) => setFolder(event.currentTarget.value)} list="saved-folders" maxLength={500} />
            <datalist id="saved-folders">
              {[...new Set(known.map((one) => one.folder))].filter(Boolean).map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
            <TagsInput label={t('tags')} value={tags} onChange={setTags} data={[...new Set(known.flatMap((one) => one.tags))]} maxTags={30} />
          </>
        ) : (
          <p className={styles.note}>{t(`placeText.${where}`, { workgroup })}</p>
        )}
        {error !== null && <ErrorNotice error={toAppError(error)} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('cancel', { ns: 'window' })}
          </Button>
          <Button type="submit" disabled={problem !== undefined}>
            {t('save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
