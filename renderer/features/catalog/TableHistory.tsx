import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatDate } from '../../ui/format.ts';
import type { TableVersion } from '../../../shared/contract/catalog.ts';
import styles from './catalog.module.css';
import type { TableName } from './names.ts';
import { versionDifference } from './versionDifference.ts';

/** The versions the catalog kept, newest first, and what each changed against the one chosen beside it. */
export function TableHistory({ name }: { name: TableName }) {
  const { t } = useTranslation('catalog');
  const client = useClient();
  const { id: connectionId } = useCurrentConnection();
  const { data, error, refetch } = useQuery({
    queryKey: ['versions', connectionId, name.catalog, name.database, name.table],
    queryFn: () => client.catalog.versions({ connectionId, ...name }),
  });
  const [after, setAfter] = useState(0);
  const [before, setBefore] = useState<number>();
  if (error) return <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!data) return <EmptyState title={t('reading')} />;
  const { versions } = data;
  const newer = versions[after];
  if (!newer) return <EmptyState title={t('noVersions')} />;
  const olderIndex = before ?? after + 1;
  const older = versions[olderIndex];
  return (
    <div className={styles.history}>
      <ul className={styles.versions} aria-label={t('versions')}>
        {versions.map((version, index) => (
          <li key={version.versionId}>
            <button type="button" aria-pressed={index === after} className={styles.version} onClick={() => (setAfter(index), setBefore(undefined))}>
              <b>{t('version', { id: version.versionId })}</b>
              <span className={styles.quiet}>{formatDate(version.updatedAt, true)}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className={styles.difference}>
        {older ? (
          <>
            <label className={styles.compared}>
              {t('comparedWith')}{' '}
              <select value={olderIndex} onChange={(event) => setBefore(Number(event.target.value))}>
                {versions.map((version, index) => index !== after && <option key={version.versionId} value={index}>{t('version', { id: version.versionId })}</option>)}
              </select>
            </label>
            <Differences before={older} after={newer} />
          </>
        ) : (
          <EmptyState title={t('firstVersion')} text={t('firstVersionText')} />
        )}
      </div>
    </div>
  );
}

function Differences({ before, after }: { before: TableVersion; after: TableVersion }) {
  const { t } = useTranslation('catalog');
  const differences = versionDifference(before, after);
  if (differences.length === 0) return <p className={styles.none}>{t('noDifference')}</p>;
  return (
    <table className={styles.compare}>
      <thead>
        <tr>
          <th scope="col">{t('changed')}</th>
          <th scope="col">{t('version', { id: before.versionId })}</th>
          <th scope="col">{t('version', { id: after.versionId })}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ what, name, before: old, after: now }) => (
          <tr key={`${what} ${name}`}>
            <th scope="row">
              <span className={styles.quiet}>{t(`what.${what}`)}</span> {name}
            </th>
            <td className={old === undefined ? styles.absent : styles.removed}>{old ?? t('absent')}</td>
            <td className={now === undefined ? styles.absent : styles.added}>{now ?? t('absent')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
