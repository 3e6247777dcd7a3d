import { Button, Group, Modal, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { estimate } from '../../../shared/prices/cost.ts';
import { TARGET_CLASSES, type TargetClass } from '../../../shared/prices/storageClasses.ts';
import { DAY_MS } from '../../../shared/prices/buckets.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { usePanel } from '../../app/panel.ts';
import { formatNumber } from '../../ui/format.ts';
import { Breakdown } from './Breakdown.tsx';
import { byBuckets } from './byBuckets.ts';
import { className, classOrder } from './classNames.ts';
import { EstimateFacts } from './EstimateFacts.tsx';
import { EstimateNotes } from './EstimateNotes.tsx';
import { MaskFields, maskOf, NO_MASK } from './MaskFields.tsx';
import { NO_PRICES } from './noPrices.ts';
import { PriceNote } from './PriceNote.tsx';
import { ScanProgress } from './ScanProgress.tsx';
import type { ClassWish } from './tierDialogs.ts';
import styles from './tiers.module.css';
import { useBucketPrices } from './usePrices.ts';
import { useScan } from './useScan.ts';
import { Where } from './Where.tsx';

/** The plan of a change of class: what it concerns, what it costs now and saves a month; then it is queued as a transfer. */
export default function ChangeClassDialog({ wish, onClose }: { wish: ClassWish; onClose(): void }) {
  const { t } = useTranslation('tiers');
  const client = useClient();
  const messages = useMessages();
  const connection = useCurrentConnection();
  const { showPanel } = usePanel();
  const { connectionId, bucket, keys, prefixes } = wish;
  const [opened] = useState(() => Date.now());
  const [to, setTo] = useState<TargetClass>(wish.to ?? 'STANDARD_IA');
  const [fields, setFields] = useState({
    ...NO_MASK,
    glob: wish.mask?.glob ?? '',
    minSize: wish.mask?.minSize ?? 0,
    classes: wish.mask?.classes ?? [],
    olderThan: wish.mask?.modifiedBefore ? Math.round((opened - Date.parse(wish.mask.modifiedBefore)) / DAY_MS) : 0,
  });
  const [settled] = useDebouncedValue(fields, 400);
  const mask = useMemo(() => (prefixes.length > 0 ? maskOf(settled, opened) : undefined), [settled, opened, prefixes.length]);
  const scan = useScan({ connectionId, bucket, keys, prefixes, ...(mask && { mask }) });
  const priced = useBucketPrices(connectionId, bucket);
  const cells = useMemo(() => scan.sums?.cells ?? [], [scan.sums]);
  const versioned = priced.facts?.versioning === 'enabled';
  const plan = useMemo(() => estimate(cells, priced.prices ?? NO_PRICES, { to, way: 'copy', keepsOld: versioned }), [cells, priced.prices, to, versioned]);
  const rows = useMemo(() => byBuckets(cells, (cell) => cell.storageClass, (name) => className(t, name), priced.prices ?? NO_PRICES).sort((a, b) => classOrder(a.id, b.id)), [cells, priced.prices, t]);
  const isSettled = fields === settled && scan.sums?.state === 'complete' && priced.facts !== undefined;
  const readOnly = connection.readOnly ? t('readOnly', { name: connection.name }) : undefined;
  const start = async () => {
    try {
      await client.transfers.changeStorageClass({ connectionId, bucket, keys, prefixes, storageClass: to, ...(mask && { mask }) });
      showPanel('transfers');
      onClose();
    } catch (error) {
      messages.error(error);
    }
  };
  return (
    <Modal opened onClose={onClose} size={840} title={t('changeTitle')} closeButtonProps={{ 'aria-label': t('close', { ns: 'window' }) }}>
      <Where bucket={bucket} keys={keys} prefixes={prefixes} />
      <div className={styles.fields}>
        <Select
          label={t('newClass')}
          allowDeselect={false}
          value={to}
          data={TARGET_CLASSES.map((value) => ({ value, label: className(t, value) }))}
          onChange={(value) => value && setTo(value as TargetClass)}
          data-autofocus
        />
        {prefixes.length > 0 && <MaskFields mask={fields} onMask={setFields} />}
      </div>
      <ScanProgress scan={scan} />
      {cells.length > 0 && (
        <div className={styles.plan}>
          <div>
            <Breakdown title={t('byClass')} of={t('classHead')} total={scan.sums?.bytes ?? 0} rows={rows} />
            <EstimateNotes of={plan} facts={priced.facts} way="copy" />
          </div>
          <EstimateFacts of={plan} />
        </div>
      )}
      <PriceNote of={priced} unknown={plan.unknown} />
      <p className={styles.note}>{t('changeKeeps')}</p>
      <Group justify="flex-end" gap={8} mt={12}>
        <Button variant="default" onClick={onClose}>
          {t('cancel', { ns: 'window' })}
        </Button>
        <Button disabled={!isSettled || plan.objects === 0 || readOnly !== undefined} title={readOnly} onClick={() => void start()}>
          {plan.objects > 0 ? t('changeAction', { count: plan.objects, objects: formatNumber(plan.objects), to: className(t, to) }) : t('changeNone')}
        </Button>
      </Group>
    </Modal>
  );
}
