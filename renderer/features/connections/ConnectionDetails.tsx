import { Autocomplete, Button, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/contract/connections.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useConnections } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useSignInAgain } from '../../app/useSignInAgain.ts';
import { useConfirm } from '../../ui/confirm.tsx';
import { ConnectionDot } from '../../ui/ConnectionDot.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { formatDate } from '../../ui/format.ts';
import { ChecksumSelect } from './ChecksumSelect.tsx';
import { ColourChoice } from './ColourChoice.tsx';
import { useAllowWriting } from './useAllowWriting.tsx';
import styles from './ConnectionsDialog.module.css';
import { regions } from './regions.ts';

interface Props {
  connection: Connection;
  onRemoved(): void;
  onSwitched(): void;
}

/** One connection: who it makes one, its name, colour and place, and whether it may change anything. */
export function ConnectionDetails({ connection, onRemoved, onSwitched }: Props) {
  const { t } = useTranslation('connections');
  const client = useClient();
  const signInAgain = useSignInAgain();
  const allowWriting = useAllowWriting();
  const confirm = useConfirm();
  const { current, switchTo, reload } = useConnections();
  const { id, kind } = connection;
  const [name, setName] = useState(connection.name);
  const [region, setRegion] = useState(connection.region);
  const [endpoint, setEndpoint] = useState(connection.endpoint ?? '');
  const [error, setError] = useState<unknown>(null);
  const identity = useQuery({ queryKey: ['identity', id], queryFn: () => client.connections.identity({ connectionId: id }), staleTime: 300_000 });
  const isLocal = kind === 'local';

  const change = async (part: Omit<Parameters<typeof client.connections.update>[0], 'id'>) => {
    setError(null);
    try {
      await client.connections.update({ id, ...part });
      await reload();
    } catch (reason) {
      setError(reason);
    }
  };
  const refresh = async () => {
    try {
      await signInAgain(id);
    } catch (reason) {
      setError(reason);
    }
  };
  const setReadOnly = async (readOnly: boolean) => {
    if (readOnly) await change({ readOnly });
    else await allowWriting(connection).catch(setError);
  };
  const remove = async () => {
    if (!(await confirm({ title: t('removeTitle'), body: <p>{t('removeText')}</p>, action: t('remove'), danger: true, connection }))) return;
    try {
      await client.connections.remove({ id });
      await reload();
      onRemoved();
    } catch (reason) {
      setError(reason);
    }
  };
  const edited = name !== connection.name || region !== connection.region || endpoint !== (connection.endpoint ?? '');
  const save = () => change({ name: name.trim(), ...(!isLocal && { region: region.trim(), endpoint: endpoint.trim() || null }) });
  return (
    <div className={styles.form}>
      <h2>
        <ConnectionDot colour={connection.colour} /> {connection.name}
      </h2>
      {identity.error ? (
        <ErrorNotice error={toAppError(identity.error)} onRetry={() => void refresh().then(() => identity.refetch())} />
      ) : (
        <div className={styles.identity}>
          <Facts
            facts={[
              [t('identity'), identity.data?.arn ?? t('asking')],
              [t('account'), identity.data?.account],
              [t('region'), identity.data?.region ?? connection.region],
              [t('endpoint'), connection.endpoint],
              [t('profile'), connection.profile],
              [t('expires'), identity.data?.expiresAt && formatDate(identity.data.expiresAt)],
              [t('secrets'), connection.secretsKeptIn === 'none' ? undefined : t(`secretsIn.${connection.secretsKeptIn}`)],
            ]}
          />
        </div>
      )}
      {isLocal ? <p className={styles.text}>{t('localText')}</p> : null}
      {!isLocal && (
        <>
          <Switch checked={connection.readOnly} onChange={(event) => void setReadOnly(event.currentTarget.checked)} label={t('readOnlySwitch')} description={t('readOnlyText')} />
          <div className={styles.pair}>
            <TextInput label={t('name')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <Autocomplete label={t('region')} size="xs" data={regions} limit={30} value={region} onChange={setRegion} spellCheck={false} />
          </div>
          <TextInput label={t('endpoint')} description={t('endpointText')} value={endpoint} onChange={(event) => setEndpoint(event.currentTarget.value)} spellCheck={false} />
          <ChecksumSelect value={connection.checksums ?? 'full'} onChange={(checksums) => void change({ checksums })} />
          <ColourChoice colour={connection.colour} onChange={(colour) => void change({ colour })} />
        </>
      )}
      {error !== null && <ErrorNotice error={toAppError(error)} />}
      <div className={styles.actions}>
        {!isLocal && (
          <Button variant="default" color="red" onClick={() => void remove()}>
            {t('removeDots')}
          </Button>
        )}
        <span className={styles.spacer} />
        {edited && (
          <Button variant="default" onClick={() => void save()} disabled={!name.trim()}>
            {t('save')}
          </Button>
        )}
        <Button
          disabled={current.id === id}
          onClick={() => {
            switchTo(id);
            onSwitched();
          }}
        >
          {current.id === id ? t('inUse') : t('use')}
        </Button>
      </div>
    </div>
  );
}
