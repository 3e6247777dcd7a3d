import { Autocomplete, Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChecksumMode, Connection, FoundProfile } from '../../../shared/contract/connections.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useConnections } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ChecksumSelect } from './ChecksumSelect.tsx';
import { ColourChoice } from './ColourChoice.tsx';
import styles from './ConnectionsDialog.module.css';
import { regions } from './regions.ts';

export type NewKind = 'profile' | 'environment' | 'keys';

interface Props {
  kind: NewKind;
  profile?: FoundProfile | undefined;
  onCreated(id: string): void;
}

const orNothing = (text: string): string | undefined => text.trim() || undefined;

/** The form of a new connection. It starts read-only; keys go in and never come out. */
export function NewConnection({ kind, profile, onCreated }: Props) {
  const { t } = useTranslation('connections');
  const client = useClient();
  const { reload } = useConnections();
  const [name, setName] = useState(profile?.name ?? (kind === 'environment' ? t('environment') : ''));
  const [profileName, setProfileName] = useState(profile?.name ?? '');
  const [region, setRegion] = useState(profile?.region ?? 'us-east-1');
  const [endpoint, setEndpoint] = useState('');
  const [colour, setColour] = useState<Connection['colour']>('blue');
  const [checksums, setChecksums] = useState<ChecksumMode>('full');
  const [accessKeyId, setAccessKeyId] = useState('');
  const [secretAccessKey, setSecretAccessKey] = useState('');
  const [sessionToken, setSessionToken] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const keys = kind === 'keys' ? { accessKeyId: accessKeyId.trim(), secretAccessKey: secretAccessKey.trim(), sessionToken: orNothing(sessionToken) } : {};
    client.connections
      .create({ name: name.trim() || profileName.trim(), kind, profile: kind === 'profile' ? profileName.trim() : undefined, region: region.trim(), endpoint: orNothing(endpoint), colour, checksums: endpoint.trim() === '' ? undefined : checksums, ...keys })
      .then(async ({ id }) => {
        await reload();
        onCreated(id);
      })
      .catch((reason: unknown) => {
        setBusy(false);
        setError(reason);
      });
  };
  const complete = region.trim() !== '' && (kind === 'profile' ? profileName.trim() !== '' : name.trim() !== '') && (kind !== 'keys' || (accessKeyId.trim() !== '' && secretAccessKey.trim() !== ''));
  return (
    <form className={styles.form} onSubmit={submit}>
      <h2>{t('newTitle', { name: profile?.name ?? t(kind === 'profile' ? 'typedProfile' : kind) })}</h2>
      <p className={styles.text}>{t(`about.${profile?.source ?? kind}`, { session: profile?.ssoSession ?? '', account: profile?.accountId ?? '', role: profile?.roleName ?? '' })}</p>
      {kind === 'profile' && !profile && <TextInput label={t('profile')} description={t('profileText')} value={profileName} onChange={(event) => setProfileName(event.currentTarget.value)} spellCheck={false} />}
      <div className={styles.pair}>
        <TextInput label={t('name')} value={name} placeholder={profileName} onChange={(event) => setName(event.currentTarget.value)} />
        <Autocomplete label={t('region')} size="xs" data={regions} limit={30} value={region} onChange={setRegion} spellCheck={false} />
      </div>
      {kind === 'keys' && (
        <>
          <TextInput label={t('accessKeyId')} value={accessKeyId} onChange={(event) => setAccessKeyId(event.currentTarget.value)} spellCheck={false} autoComplete="off" />
          <PasswordInput size="xs" label={t('secretAccessKey')} value={secretAccessKey} onChange={(event) => setSecretAccessKey(event.currentTarget.value)} autoComplete="off" visibilityToggleButtonProps={{ 'aria-label': t('showSecret') }} />
          <TextInput label={t('sessionToken')} description={t('sessionTokenText')} value={sessionToken} onChange={(event) => setSessionToken(event.currentTarget.value)} spellCheck={false} autoComplete="off" />
        </>
      )}
      <TextInput label={t('endpoint')} description={t('endpointText')} placeholder="https://minio.example:9000" value={endpoint} onChange={(event) => setEndpoint(event.currentTarget.value)} spellCheck={false} />
      {endpoint.trim() !== '' && <ChecksumSelect value={checksums} onChange={setChecksums} />}
      <ColourChoice colour={colour} onChange={setColour} />
      {error !== null && <ErrorNotice error={toAppError(error)} />}
      <div className={styles.actions}>
        <span className={styles.text}>{t('startsReadOnly')}</span>
        <span className={styles.spacer} />
        <Button type="submit" loading={busy} disabled={!complete}>
          {t('connect')}
        </Button>
      </div>
    </form>
  );
}
