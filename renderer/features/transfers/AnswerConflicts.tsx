import { Button, Group, Modal, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conflict, ConflictChoice } from '../../../shared/contract/conflicts.ts';
import type { Transfer } from '../../../shared/contract/transfers.ts';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatBytes, formatDate, formatNumber } from '../../ui/format.ts';
import styles from './AnswerConflicts.module.css';

const SHOWN = 200;
const CHOICES: ConflictChoice[] = ['skip', 'keepBoth', 'newer', 'overwrite'];

const sideInWords = ({ size, modified }: Conflict['ours']): string => [size === undefined ? '?' : formatBytes(size), modified && formatDate(modified)].filter(Boolean).join(' · ');

/** What is at the target of a transfer already: one answer for all, another one for single files. */
export function AnswerConflicts({ transfer: { id, target, conflicts = 0 }, onClose }: { transfer: Transfer; onClose(): void }) {
  const { t } = useTranslation('copying');
  const client = useClient();
  const [all, setAll] = useState<ConflictChoice>('skip');
  const [some, setSome] = useState<ReadonlyMap<number, ConflictChoice>>(new Map());
  const [failure, setFailure] = useState<unknown>(null);
  const { data: files, error } = useQuery({ queryKey: ['conflicts', id], queryFn: ({ signal }) => client.transfers.conflicts({ id, max: SHOWN }, { signal }), gcTime: 0 });
  const choices = CHOICES.map((value) => ({ value, label: t(`choice.${value}`) }));
  const shown = failure ?? error;
  const answer = () => client.transfers.answer({ id, all, some: [...some].map(([index, choice]) => ({ index, choice })) }).then(onClose, setFailure);
  return (
    <Modal opened onClose={onClose} size="xl" title={t('conflictsTitle', { count: conflicts, formatted: formatNumber(conflicts), target })} closeButtonProps={{ 'aria-label': t('close') }}>
      <Select label={t('forAll')} data={choices} value={all} allowDeselect={false} data-autofocus onChange={(value) => setAll(value as ConflictChoice)} />
      {Boolean(shown) && <ErrorNotice error={toAppError(shown)} />}
      <div className={styles.files} role="region" aria-label={t('files')} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{t('name')}</th>
              <th>{t('there')}</th>
              <th>{t('new')}</th>
              <th>{t('do')}</th>
            </tr>
          </thead>
          <tbody>
            {files?.map(({ index, key, ours, there }) => (
              <tr key={index}>
                <td className={styles.name} title={key}>
                  {key}
                </td>
                <td className="numeric">{sideInWords(there)}</td>
                <td className="numeric">{sideInWords(ours)}</td>
                <td>
                  <Select
                    size="xs"
                    aria-label={t('doWith', { name: key })}
                    data={choices}
                    value={some.get(index) ?? all}
                    allowDeselect={false}
                    onChange={(value) => setSome(new Map(some).set(index, value as ConflictChoice))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {conflicts > SHOWN && <p>{t('moreConflicts', { count: conflicts - SHOWN, formatted: formatNumber(conflicts - SHOWN) })}</p>}
      <Group justify="flex-end" gap={8} mt={12}>
        <Button variant="default" onClick={onClose}>
          {t('later')}
        </Button>
        <Button onClick={() => void answer()}>{t('goOn')}</Button>
      </Group>
    </Modal>
  );
}
