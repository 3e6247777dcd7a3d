import { Popover } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { formatBytes, formatDuration, formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import type { RunStatistics as Statistics } from '../../../shared/contract/runStatistics.ts';
import styles from './estimate/estimate.module.css';

const rowsText = (rows: number | undefined): string => (rows === undefined ? '' : formatNumber(rows));
const bytesText = (bytes: number | undefined): string => (bytes === undefined ? '' : formatBytes(bytes));

/** What the engine measured of a finished run, asked for when it is opened. */
export function RunStatistics({ runId }: { runId: string }) {
  const { t } = useTranslation('sql');
  const client = useClient();
  const [opened, setOpened] = useState(false);
  const { data, error, refetch } = useQuery({ queryKey: ['statistics', runId], queryFn: ({ signal }) => client.runs.statistics({ id: runId }, { signal }), enabled: opened, staleTime: Infinity });
  return (
    <Popover position="bottom-end" shadow="md" opened={opened} onChange={setOpened} trapFocus returnFocus>
      <Popover.Target>
        <IconButton label={t('statistics.title')} aria-expanded={opened} onClick={() => setOpened((now) => !now)}>
          <IconListDetails size={15} />
        </IconButton>
      </Popover.Target>
      <Popover.Dropdown className={styles.details} aria-label={t('statistics.title')} tabIndex={-1} data-autofocus>
        {error && <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} />}
        {!data && !error && <p>{t('statistics.reading')}</p>}
        {data && <Measured statistics={data} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Measured({ statistics: { timeline, stages, inputRows, inputBytes, outputRows, outputBytes } }: { statistics: Statistics }) {
  const { t } = useTranslation('sql');
  const facts = [
    ...timeline.map(({ part, millis }): [string, string] => [t(`statistics.${part}`), formatDuration(millis)]),
    ...([
      [t('statistics.input'), [rowsText(inputRows) && t('statistics.rows', { rows: rowsText(inputRows) }), bytesText(inputBytes)].filter(Boolean).join(' · ')],
      [t('statistics.output'), [rowsText(outputRows) && t('statistics.rows', { rows: rowsText(outputRows) }), bytesText(outputBytes)].filter(Boolean).join(' · ')],
    ] as [string, string][]),
  ].filter(([, value]) => value !== '');
  return (
    <>
      <Facts title={t('statistics.title')} facts={facts} />
      {stages.length === 0 && <p>{t('statistics.noStages')}</p>}
      {stages.length > 0 && (
        <table className={styles.reads}>
          <thead>
            <tr>
              {(['stage', 'input', 'output', 'time'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`statistics.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {stages.map((stage, at) => (
              <tr key={at}>
                <td style={{ paddingLeft: stage.depth * 12 }}>{stage.id}</td>
                <td>{[rowsText(stage.inputRows), bytesText(stage.inputBytes)].filter(Boolean).join(' · ')}</td>
                <td>{[rowsText(stage.outputRows), bytesText(stage.outputBytes)].filter(Boolean).join(' · ')}</td>
                <td className="numeric">{stage.executionMillis === undefined ? '' : formatDuration(stage.executionMillis)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
