import { Button, Group, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegionPrices } from '../../../shared/contract/s3Tiers.ts';
import { TARGET_CLASSES } from '../../../shared/prices/storageClasses.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { className } from './classNames.ts';
import { NO_PRICES } from './noPrices.ts';
import { PriceTables } from './PriceTables.tsx';
import styles from './tiers.module.css';
import { usePrices } from './usePrices.ts';

/** All regions AWS sells S3 in that we know by name: those without figures can be given some. */
const REGIONS = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'af-south-1', 'ap-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'ca-central-1', 'eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'me-south-1', 'sa-east-1'];

const EMPTY: RegionPrices = {
  ...NO_PRICES,
  classes: Object.fromEntries(TARGET_CLASSES.map((name) => [name, { storage: null, put: null, get: null, transition: null, retrieval: null }])),
};

/** The prices of one region: from when and where they are, to be corrected, and put back. */
export default function PricesDialog({ region: asked, onClose }: { region: string | undefined; onClose(): void }) {
  const { t } = useTranslation('tiers');
  const client = useClient();
  const messages = useMessages();
  const { data, reload } = usePrices();
  const [region, setRegion] = useState(asked ?? 'us-east-1');
  const [changed, setChanged] = useState<{ region: string; prices: RegionPrices } | null>(null);
  const kept = data?.table.regions[region];
  const shown = changed?.region === region ? changed.prices : { ...EMPTY, ...kept, classes: { ...EMPTY.classes, ...kept?.classes } };
  const edited = data?.edited.includes(region) ?? false;
  const change = (prices: RegionPrices) => setChanged({ region, prices });
  const act = async (call: () => Promise<unknown>) => {
    try {
      await call();
      await reload();
      setChanged(null);
    } catch (error) {
      messages.error(error);
    }
  };
  const today = new Date().toISOString().slice(0, 10);
  return (
    <Modal opened onClose={onClose} size={820} title={t('pricesTitle')} closeButtonProps={{ 'aria-label': t('close', { ns: 'window' }) }}>
      <div className={styles.fields}>
        <Select
          label={t('region')}
          allowDeselect={false}
          searchable
          value={region}
          data={[...new Set([...REGIONS, ...Object.keys(data?.table.regions ?? {}), region])].map((value) => ({ value, label: data?.table.regions[value] ? value : t('regionUnknown', { region: value }) }))}
          onChange={(value) => value && setRegion(value)}
        />
        <TextInput label={t('asOf')} value={shown.asOf === NO_PRICES.asOf ? '' : shown.asOf} placeholder={today} onChange={(event) => change({ ...shown, asOf: event.currentTarget.value || NO_PRICES.asOf })} />
        {edited && <span className={styles.warn}>{t('edited')}</span>}
      </div>
      <PriceTables prices={shown} onChange={change} nameOf={(name) => className(t, name)} />
      <Textarea label={t('source')} autosize minRows={2} maxRows={4} value={shown.source} onChange={(event) => change({ ...shown, source: event.currentTarget.value })} />
      <p className={styles.note}>{t('pricesText')}</p>
      <Group justify="flex-end" gap={8} mt={12}>
        <Button variant="default" disabled={!edited} title={edited ? undefined : t('notEdited')} onClick={() => void act(() => client.s3Tiers.resetPrices({ region }))}>
          {t('resetPrices')}
        </Button>
        <Button
          disabled={changed?.region !== region}
          onClick={() => void act(() => client.s3Tiers.savePrices({ region, prices: shown.asOf === NO_PRICES.asOf ? { ...shown, asOf: today } : shown }))}
        >
          {t('savePrices')}
        </Button>
      </Group>
    </Modal>
  );
}
