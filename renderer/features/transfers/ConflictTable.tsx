import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { conflictChoices, type Choice } from './conflictChoices.ts';
import type { Conflict } from '../../../shared/contract/conflicts.ts';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatBytes, formatDate, formatNumber } from '../../ui/format.ts';
import { visibleName } from '../objects/listingView.ts';
import styles from './ReviewTransfer.module.css';

const SHOWN = 200;

function Side({ side: { size, modified } }: { side: Conflict['there'] }) {
  return (
    <>
      <td className={`numeric ${styles.size}`}>{size === undefined ? '?' : formatBytes(size)}</td>
      <td className="numeric">{modified ? formatDate(modified) : '?'}</td>
    </>
  );
}

interface Props {
  id: string;
  /** How many there are; the first ones are shown. */
  count: number;
  all: Choice;
  some: ReadonlyMap<number, Choice>;
  onChoose(index: number, choice: Choice): void;
}

/** The files of a transfer that are at its target already, both sides by size and date, each with what to do about it. */
export function ConflictTable({ id, count, all, some, onChoose }: Props) {
  const { t } = useTranslation('copying');
  const client = useClient();
  const { data: files, error } = useQuery({ queryKey: ['conflicts', id, count], queryFn: ({ signal }) => client.transfers.conflicts({ id, max: SHOWN }, { signal }), gcTime: 0 });
  return (
    <>
      {error && <ErrorNotice error={toAppError(error)} />}
      <div className={styles.files} role="region" aria-label={t('files')} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('name')}</th>
              <th scope="colgroup" colSpan={2}>
                {t('there')}
              </th>
              <th scope="colgroup" colSpan={2}>
                {t('new')}
              </th>
              <th scope="col">{t('do')}</th>
            </tr>
          </thead>
          <tbody>
            {files?.map(({ index, key, ours, there }) => (
              <tr key={index}>
                <td className={styles.name} title={key}>
                  {visibleName(key)}
                </td>
                <Side side={there} />
                <Side side={ours} />
                <td className={styles.choice}>
                  <Select
                    size="xs"
                    aria-label={t('doWith', { name: key })}
                    data={conflictChoices(t)}
                    value={some.get(index) ?? all}
                    allowDeselect={false}
                    onChange={(value) => onChoose(index, value as Choice)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {count > SHOWN && <p className={styles.quiet}>{t('moreConflicts', { count: count - SHOWN, formatted: formatNumber(count - SHOWN) })}</p>}
    </>
  );
}
