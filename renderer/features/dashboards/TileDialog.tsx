import { Button, Group, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useConnections } from '../../app/connectionContext.tsx';
import type { ChartTile, TextTile, Tile } from '../../../shared/contract/dashboards.ts';
import styles from './dashboards.module.css';

interface Props {
  /** What is changed; a tile that is not on the dashboard yet is new. */
  tile: Tile;
  isNew: boolean;
  onSave(tile: Tile): void;
  onClose(): void;
}

/** A tile's query, or its text. */
export function TileDialog({ tile, isNew, onSave, onClose }: Props) {
  const { t } = useTranslation('dashboards');
  const title = t(tile.kind === 'chart' ? (isNew ? 'addChart' : 'tile.editQuery') : isNew ? 'addText' : 'tile.editText');
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': t('close', { ns: 'window' }) }}>
      {tile.kind === 'chart' ? <QueryForm tile={tile} isNew={isNew} onSave={onSave} onClose={onClose} /> : <TextForm tile={tile} onSave={onSave} onClose={onClose} />}
    </Modal>
  );
}

function Buttons({ action, onClose, disabled }: { action: string; onClose(): void; disabled?: boolean }) {
  const { t } = useTranslation('window');
  return (
    <Group justify="flex-end" gap={8} mt={16}>
      <Button variant="default" onClick={onClose}>
        {t('cancel')}
      </Button>
      <Button type="submit" disabled={disabled}>
        {action}
      </Button>
    </Group>
  );
}

function QueryForm({ tile, isNew, onSave, onClose }: Omit<Props, 'tile'> & { tile: ChartTile }) {
  const { t } = useTranslation('dashboards');
  const client = useClient();
  const { list } = useConnections();
  const [title, setTitle] = useState(tile.title);
  const [query, setQuery] = useState(tile.query);
  const { connectionId } = query;
  /** A tile of another engine keeps its place: it is changed in a tab. */
  const athena = (query.engine ?? 'athena') === 'athena';
  const workgroups = useQuery({ queryKey: ['workgroups', connectionId], queryFn: () => client.runs.workgroups({ connectionId }), staleTime: 60_000 });
  const names = [...new Set([query.workgroup, ...(workgroups.data ?? []).map(({ name }) => name)])];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const changed = JSON.stringify(query) !== JSON.stringify(tile.query);
    onSave({ ...tile, title, query, ...(changed ? { runId: undefined, ranAt: undefined } : {}) });
  };
  return (
    <form onSubmit={submit}>
      <TextInput label={t('tile.title')} value={title} maxLength={200} onChange={(event) => setTitle(event.currentTarget.value)} data-autofocus />
      <Textarea mt={8} label={t('tile.sql')} description={isNew ? t('tile.sqlHint') : undefined} className={styles.sql} autosize minRows={6} maxRows={18} spellCheck={false} value={query.sql} onChange={(event) => setQuery({ ...query, sql: event.currentTarget.value })} />
      <Group grow mt={8} align="end">
        <Select label={t('tile.connection')} allowDeselect={false} data={list.map(({ id, name }) => ({ value: id, label: name }))} value={connectionId} onChange={(id) => id && setQuery({ ...query, connectionId: id })} />
        {athena ? (
          <>
            <Select label={t('tile.workgroup')} allowDeselect={false} searchable data={names} value={query.workgroup} onChange={(workgroup) => workgroup && setQuery({ ...query, workgroup })} />
            <TextInput label={t('tile.database')} value={query.database ?? ''} onChange={(event) => setQuery({ ...query, database: event.currentTarget.value.trim() || undefined })} spellCheck={false} />
          </>
        ) : (
          <TextInput label={t('engine', { ns: 'sql' })} value={t(`engines.${query.engine ?? 'athena'}`, { ns: 'sql' })} readOnly />
        )}
      </Group>
      <Buttons action={t(isNew ? 'tile.addAndRun' : 'save')} onClose={onClose} disabled={query.sql.trim() === ''} />
    </form>
  );
}

function TextForm({ tile, onSave, onClose }: Omit<Props, 'tile' | 'isNew'> & { tile: TextTile }) {
  const { t } = useTranslation('dashboards');
  const [text, setText] = useState(tile.text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave({ ...tile, text });
  };
  return (
    <form onSubmit={submit}>
      <Textarea label={t('tile.markdown')} autosize minRows={8} maxRows={20} maxLength={20_000} value={text} onChange={(event) => setText(event.currentTarget.value)} data-autofocus />
      <Buttons action={t('save')} onClose={onClose} disabled={text.trim() === ''} />
    </form>
  );
}
