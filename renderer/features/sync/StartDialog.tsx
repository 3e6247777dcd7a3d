import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/contract/connections.ts';
import type { SyncPlan } from '../../../shared/contract/sync.ts';
import { ConnectionDot } from '../../ui/ConnectionDot.tsx';
import { formatNumber } from '../../ui/format.ts';
import { placeName } from './syncParams.ts';
import { leftOf, needsNumber } from './sums.ts';
import styles from './sync.module.css';

interface Props {
  plan: SyncPlan;
  connection: Connection;
  onStart(confirmDeletes: number): void;
  onClose(): void;
}

/** Asked before a sync that deletes: what, where, whether it can be had again; where it is much, its number has to be typed. */
export function StartDialog({ plan, connection, onStart, onClose }: Props) {
  const { t } = useTranslation('sync');
  const { t: ofWindow } = useTranslation('window');
  const [typed, setTyped] = useState('');
  const deletes = leftOf(plan.sums.gone).files;
  const mustType = needsNumber(plan);
  const isRight = !mustType || Number(typed.replaceAll(/[\s,.]/g, '')) === deletes;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isRight) onStart(deletes);
  };
  return (
    <Modal opened onClose={onClose} title={t('confirm.title', { count: deletes, formatted: formatNumber(deletes) })} size="md" closeButtonProps={{ 'aria-label': ofWindow('close') }}>
      <form onSubmit={submit}>
        {plan.to.kind === 'bucket' && (
          <p className={styles.connection}>
            <ConnectionDot colour={connection.colour} /> {connection.name}
          </p>
        )}
        <p className="mono">{placeName(plan.to)}</p>
        <p>{t('confirm.text', { count: deletes, formatted: formatNumber(deletes), all: formatNumber(plan.targetFiles) })}</p>
        <p className={plan.undo === 'versions' ? undefined : styles.warning}>{t(plan.to.kind === 'folder' ? 'undo.folder' : `undo.${plan.undo}`)}</p>
        {mustType && <TextInput data-autofocus label={t('confirm.type', { formatted: String(deletes) })} value={typed} inputMode="numeric" autoComplete="off" onChange={(event) => setTyped(event.currentTarget.value)} />}
        <Group justify="flex-end" gap={8} mt={16}>
          <Button variant="default" onClick={onClose} data-autofocus={mustType ? undefined : true}>
            {ofWindow('cancel')}
          </Button>
          <Button type="submit" color="var(--error)" disabled={!isRight}>
            {t('confirm.action', { count: deletes, formatted: formatNumber(deletes) })}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
