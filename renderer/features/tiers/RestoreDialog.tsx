import { Button, Group, Modal, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RestoreTier } from '../../../shared/contract/s3Tiers.ts';
import { restoreCost } from '../../../shared/prices/restoreCost.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { usePanel } from '../../app/panel.ts';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { hoursText, money } from './money.ts';
import { PriceNote } from './PriceNote.tsx';
import { ScanProgress } from './ScanProgress.tsx';
import type { TierSelection } from './tierDialogs.ts';
import styles from './tiers.module.css';
import { useBucketPrices } from './usePrices.ts';
import { useScan } from './useScan.ts';
import { Where } from './Where.tsx';

const TIERS: RestoreTier[] = ['Expedited', 'Standard', 'Bulk'];

/** Restores archived objects for some days: what each tier costs and how long it takes, then the requests as a transfer. */
export default function RestoreDialog({ selection, onClose }: { selection: TierSelection; onClose(): void }) {
  const { t } = useTranslation('tiers');
  const client = useClient();
  const messages = useMessages();
  const connection = useCurrentConnection();
  const { showPanel } = usePanel();
  const { connectionId, bucket, keys, prefixes } = selection;
  const [days, setDays] = useState(7);
  const [tier, setTier] = useState<RestoreTier>('Standard');
  const scan = useScan({ connectionId, bucket, keys, prefixes });
  const priced = useBucketPrices(connectionId, bucket);
  const cells = scan.sums?.cells ?? [];
  const costs = TIERS.map((one) => ({ one, cost: restoreCost(cells, priced.prices, one, days) }));
  const chosen = costs.find(({ one }) => one === tier)!.cost;
  const readOnly = connection.readOnly ? t('readOnly', { name: connection.name }) : undefined;
  const objects = (count: number) => ({ count, objects: formatNumber(count) });
  // Restored copies are kept longer by asking again, one by one.
  const count = chosen.objects + (prefixes.length === 0 ? chosen.already : 0);
  const start = async () => {
    try {
      await client.transfers.restore({ connectionId, bucket, keys, prefixes, days, tier });
      showPanel('restores');
      onClose();
    } catch (error) {
      messages.error(error);
    }
  };
  return (
    <Modal opened onClose={onClose} size={640} title={t('restoreTitle')} closeButtonProps={{ 'aria-label': t('close', { ns: 'window' }) }}>
      <Where bucket={bucket} keys={keys} prefixes={prefixes} />
      <ScanProgress scan={scan} />
      <p>
        {t('restoreOf', { ...objects(chosen.objects), bytes: formatBytes(chosen.bytes) })}
        {chosen.already > 0 && ` ${t('restoreAlready', objects(chosen.already))}`}
        {chosen.notArchived > 0 && ` ${t('restoreNot', objects(chosen.notArchived))}`}
      </p>
      <NumberInput className={styles.days} label={t('days')} size="xs" min={1} max={3650} allowDecimal={false} value={days} onChange={(value) => setDays(Math.max(1, Math.min(3650, Number(value) || 1)))} data-autofocus />
      <table className={styles.tiers}>
        <caption>{t('tierHead')}</caption>
        <thead>
          <tr>
            {['tier', 'takes', 'requestsCost', 'retrievalCost', 'copiesCost', 'total'].map((name) => (
              <th key={name} scope="col">
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {costs.map(({ one, cost }) => (
            <tr key={one} data-chosen={one === tier || undefined}>
              <th scope="row">
                <label title={cost.hours ? undefined : t('tierNotServed')}>
                  <input type="radio" name="restore-tier" checked={one === tier} disabled={!cost.hours} onChange={() => setTier(one)} /> {t(`tiers.${one}`)}
                </label>
              </th>
              <td>{cost.objects === 0 ? '–' : cost.hours ? hoursText(t, cost.hours) : t('tierNotServed')}</td>
              {[cost.requests, cost.retrieval, cost.copies, cost.total].map((dollars, at) => (
                <td key={at} className="numeric">
                  {cost.hours ? money(t, dollars) : '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <PriceNote of={priced} unknown={chosen.unknown} />
      <p className={styles.note}>{t('restoreText')}</p>
      <Group justify="flex-end" gap={8} mt={12}>
        <Button variant="default" onClick={onClose}>
          {t('cancel', { ns: 'window' })}
        </Button>
        <Button disabled={scan.sums?.state !== 'complete' || count === 0 || !chosen.hours || readOnly !== undefined} title={readOnly} onClick={() => void start()}>
          {count > 0 ? t('restoreAction', objects(count)) : t('restoreNone')}
        </Button>
      </Group>
    </Modal>
  );
}
