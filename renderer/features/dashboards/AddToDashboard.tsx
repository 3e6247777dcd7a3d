import { Button, Group, Modal, Select, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useMessages } from '../../app/messages.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import type { ChartTile } from '../../../shared/contract/dashboards.ts';
import { setAddRequest, useAddRequest, type AddRequest } from './addRequest.ts';
import { add } from './tileLayout.ts';
import { valuesOf } from './tileQueries.ts';
import { LIST, useDashboardActions, useDashboards, useOpenDashboard } from './useDashboards.ts';

const NEW = '';

/** Which dashboard a chart goes on: one there is, or a new one. */
export function AddToDashboard() {
  const request = useAddRequest();
  return request && <Dialog request={request} />;
}

function Dialog({ request }: { request: AddRequest }) {
  const { t } = useTranslation('dashboards');
  const client = useClient();
  const cache = useQueryClient();
  const messages = useMessages();
  const open = useOpenDashboard();
  const { save, create } = useDashboardActions();
  const { list } = useDashboards();
  const [chosen, setChosen] = useState<string>();
  const [title, setTitle] = useState(request.title.replace(/\.sql$/i, ''));
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const onto = chosen ?? list?.[0]?.id ?? NEW;
  const put = async () => {
    const run = await client.runs.get({ id: request.runId });
    const { connectionId, engine, target, catalog, workgroup, database, endedAt, submittedAt, parameters: ranWith } = run;
    const sql = run.written ?? run.sql;
    const { parameters, values } = valuesOf(sql, ranWith ?? []);
    const tile: ChartTile = { kind: 'chart', id: crypto.randomUUID(), at: { x: 0, y: 0, w: 6, h: 7 }, title, query: { connectionId, engine, target, sql, catalog, workgroup, database, values }, chart: request.spec, runId: request.runId, ranAt: endedAt ?? submittedAt, ranWith };
    if (onto === NEW) return void (await create(name.trim() || t('untitled'), [tile], parameters));
    const dashboard = await client.dashboards.get({ id: onto });
    // Values the dashboard has already stay: other tiles use them.
    const next = { ...dashboard, parameters: { ...parameters, ...dashboard.parameters }, tiles: add(dashboard.tiles, tile) };
    await save(next);
    cache.setQueryData([...LIST, next.id], next);
    messages.notify(t('added', { name: next.name }), 'success', { label: t('open'), run: () => open(next) });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    put().then(
      () => setAddRequest(null),
      (reason: unknown) => {
        setBusy(false);
        setError(reason);
      },
    );
  };
  return (
    <Modal opened onClose={() => setAddRequest(null)} title={t('addTo.title')} size="sm" closeButtonProps={{ 'aria-label': t('close', { ns: 'window' }) }}>
      <form onSubmit={submit}>
        <Select label={t('addTo.dashboard')} allowDeselect={false} data={[...(list ?? []).map(({ id, name: label }) => ({ value: id, label })), { value: NEW, label: t('addTo.new') }]} value={onto} onChange={(id) => setChosen(id ?? NEW)} />
        {onto === NEW && <TextInput mt={8} label={t('name')} placeholder={t('untitled')} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />}
        <TextInput mt={8} label={t('tile.title')} value={title} maxLength={200} onChange={(event) => setTitle(event.currentTarget.value)} />
        {error !== null && <ErrorNotice error={toAppError(error)} />}
        <Group justify="flex-end" gap={8} mt={16}>
          <Button variant="default" onClick={() => setAddRequest(null)}>
            {t('cancel', { ns: 'window' })}
          </Button>
          <Button type="submit" loading={busy}>
            {t('addTo.add')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
