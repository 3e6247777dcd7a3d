import { Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { formatDate } from '../../ui/format.ts';
import { useOpenRun } from '../history/useOpenRun.ts';
import styles from './lakePaths.module.css';

const MOST = 10;

/** Past runs whose text names the table; one click opens one. Asked for when it is opened. */
export function RecentQueries({ database, table }: { database: string; table: string }) {
  const { t } = useTranslation('lakePaths');
  const client = useClient();
  const { id: connectionId } = useCurrentConnection();
  const openRun = useOpenRun();
  const [opened, setOpened] = useState(false);
  const { data } = useQuery({
    queryKey: ['recentQueries', connectionId, table],
    queryFn: ({ signal }) => client.runs.history({ connectionId, text: table, max: 100 }, { signal }),
    enabled: opened,
    staleTime: 0,
  });
  // The history finds letters; a table is a word.
  const word = new RegExp(`(?<![\\p{L}\\p{N}_])${table.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}_])`, 'iu');
  const seen = new Set<string>();
  const runs = (data?.runs ?? []).filter(({ sql }) => word.test(sql) && !seen.has(sql) && seen.add(sql)).slice(0, MOST);
  return (
    <Popover position="bottom-end" shadow="md" opened={opened} onChange={setOpened} trapFocus>
      <Popover.Target>
        <button type="button" className={styles.link} aria-expanded={opened} onClick={() => setOpened((now) => !now)}>
          {t('recent')}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.recent} aria-label={t('recentOf', { name: `${database}.${table}` })}>
        {runs.length === 0 && <p className={styles.quiet}>{data ? t('noRecent') : t('reading')}</p>}
        <ul>
          {runs.map((run) => (
            <li key={run.id}>
              <button
                type="button"
                onClick={() => {
                  setOpened(false);
                  openRun(run);
                }}
              >
                <span className="mono ellipsis">{run.sql.replace(/\s+/g, ' ').slice(0, 200)}</span>
                <span className={styles.quiet}>{formatDate(run.submittedAt)}</span>
              </button>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
