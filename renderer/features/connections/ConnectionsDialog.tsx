import { Modal } from '@mantine/core';
import { IconKey, IconLock, IconTerminal2, IconUserCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundProfile } from '../../../shared/contract/connections.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useConnections } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { ConnectionDot } from '../../ui/ConnectionDot.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ConnectionDetails } from './ConnectionDetails.tsx';
import styles from './ConnectionsDialog.module.css';
import { NewConnection, type NewKind } from './NewConnection.tsx';

type Shown = { existing: string } | { kind: NewKind; profile?: FoundProfile };

const sameShown = (a: Shown, b: Shown): boolean => ('existing' in a ? 'existing' in b && a.existing === b.existing : 'kind' in b && a.kind === b.kind && a.profile?.name === b.profile?.name);

/** "Connect to AWS": the connections there are, the profiles found on this computer, and other ways in. */
export default function ConnectionsDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('connections');
  const client = useClient();
  const { list, current } = useConnections();
  const [shown, setShown] = useState<Shown>({ existing: current.id });
  const found = useQuery({ queryKey: ['profiles'], queryFn: () => client.connections.discover(), staleTime: 0 });
  const taken = new Set(list.map((connection) => connection.profile));
  const profiles = found.data?.profiles.filter(({ name }) => !taken.has(name)) ?? [];
  const entry = (key: string, to: Shown, icon: ReactNode, label: string, note?: ReactNode) => (
    <li key={key}>
      <button type="button" aria-current={sameShown(shown, to)} className={styles.entry} onClick={() => setShown(to)}>
        {icon}
        <span className="ellipsis">{label}</span>
        <span className={styles.note}>{note}</span>
      </button>
    </li>
  );
  const existing = 'existing' in shown ? list.find(({ id }) => id === shown.existing) : undefined;
  return (
    <Modal opened onClose={onClose} title={t('title')} size={820} closeButtonProps={{ 'aria-label': t('close', { ns: 'window' }) }}>
      <div className={styles.columns}>
        <nav aria-label={t('title')} className={styles.list}>
          <h3>{t('yours')}</h3>
          <ul>
            {list.map((connection) =>
              entry(connection.id, { existing: connection.id }, <ConnectionDot colour={connection.colour} />, connection.name, connection.readOnly && <IconLock size={13} role="img" aria-label={t('readOnly')} />),
            )}
          </ul>
          <h3>{t('found')}</h3>
          <ul>
            {profiles.map((profile) =>
              entry(`profile ${profile.name}`, { kind: 'profile', profile }, <IconUserCircle size={15} aria-hidden />, profile.name, t(`source.${profile.source}`)),
            )}
            {found.data?.environment && entry('environment', { kind: 'environment' }, <IconTerminal2 size={15} aria-hidden />, t('environment'))}
          </ul>
          {found.data && profiles.length === 0 && <p className={styles.quiet}>{t('noneFound', { file: found.data.configFile })}</p>}
          {found.data?.problem && <p className={styles.problem}>{found.data.problem}</p>}
          {found.error && <ErrorNotice error={toAppError(found.error)} onRetry={() => void found.refetch()} compact />}
          <h3>{t('other')}</h3>
          <ul>
            {entry('typed', { kind: 'profile' }, <IconUserCircle size={15} aria-hidden />, t('typedProfile'))}
            {entry('keys', { kind: 'keys' }, <IconKey size={15} aria-hidden />, t('keys'))}
          </ul>
        </nav>
        <div className={styles.details}>
          {existing && <ConnectionDetails key={existing.id} connection={existing} onRemoved={() => setShown({ existing: 'local' })} onSwitched={onClose} />}
          {'kind' in shown && <NewConnection key={`${shown.kind} ${shown.profile?.name}`} kind={shown.kind} profile={shown.profile} onCreated={(id) => setShown({ existing: id })} />}
        </div>
      </div>
    </Modal>
  );
}
