import { SegmentedControl, Select, Slider } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cell } from '../../../shared/contract/s3Tiers.ts';
import { AGE_EDGES, DAY_MS, SIZE_EDGES } from '../../../shared/prices/buckets.ts';
import { estimate } from '../../../shared/prices/cost.ts';
import { lifecycleMay, TARGET_CLASSES, type TargetClass } from '../../../shared/prices/storageClasses.ts';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { ToolButton } from '../../ui/Toolbar.tsx';
import { className } from './classNames.ts';
import { EstimateFacts } from './EstimateFacts.tsx';
import { EstimateNotes } from './EstimateNotes.tsx';
import { LifecycleButton } from './LifecycleButton.tsx';
import { money } from './money.ts';
import { NO_PRICES } from './noPrices.ts';
import { PriceNote } from './PriceNote.tsx';
import { useTierDialogs } from './tierDialogs.ts';
import styles from './tiers.module.css';
import type { BucketPrices } from './usePrices.ts';

const COLD = TARGET_CLASSES.filter((name) => name !== 'STANDARD');
const SIZES = SIZE_EDGES.slice(0, 5);

interface Props {
  bucket: string;
  prefix: string;
  cells: readonly Cell[];
  priced: BucketPrices;
}

/** What a tiering would save a month: by age and size, into each class; from here it is done. */
export function SavingPanel({ bucket, prefix, cells, priced }: Props) {
  const { t } = useTranslation('tiers');
  const { changeClass } = useTierDialogs();
  const connection = useCurrentConnection();
  const [age, setAge] = useState(3);
  const [size, setSize] = useState(1);
  const [way, setWay] = useState<'lifecycle' | 'copy'>('lifecycle');
  const [to, setTo] = useState<TargetClass>('STANDARD_IA');
  const days = AGE_EDGES[age] ?? 0;
  const meant = cells.filter((cell) => cell.age >= age && cell.size >= size);
  const keepsOld = priced.facts?.versioning === 'enabled';
  // Only the way down: what is colder already would come to cost more.
  const into = (target: TargetClass) => estimate(meant.filter((cell) => way === 'lifecycle' || cell.storageClass === target || lifecycleMay(cell.storageClass, target)), priced.prices ?? NO_PRICES, { to: target, way, keepsOld });
  const chosen = into(to);
  const change = () =>
    changeClass({
      connectionId: connection.id,
      bucket,
      keys: [],
      prefixes: [prefix],
      to,
      mask: { ...(days > 0 && { modifiedBefore: new Date(Date.now() - days * DAY_MS).toISOString() }), minSize: SIZE_EDGES[size] ?? 0, classes: TARGET_CLASSES.filter((from) => lifecycleMay(from, to)) },
    });
  return (
    <section className={styles.saving} aria-label={t('savingTitle')}>
      <h3>{t('savingTitle')}</h3>
      <div className={styles.label} id="saving-age">
        {days === 0 ? t('anyAge') : t('olderThanDays', { count: days, days: formatNumber(days) })}
      </div>
      <Slider
        thumbProps={{ 'aria-labelledby': 'saving-age' }}
        size="sm"
        min={0}
        max={AGE_EDGES.length - 1}
        step={1}
        label={null}
        value={age}
        onChange={setAge}
        marks={AGE_EDGES.map((edge, value) => ({ value, label: String(edge) }))}
        mb={24}
      />
      <div className={styles.fields}>
        <Select label={t('minSize')} allowDeselect={false} value={String(size)} data={SIZES.map((edge, at) => ({ value: String(at), label: edge === 0 ? t('anySize') : formatBytes(edge) }))} onChange={(value) => setSize(Number(value))} />
        <div>
          <div className={styles.label} id="saving-way">
            {t('way')}
          </div>
          <SegmentedControl aria-labelledby="saving-way" size="xs" value={way} onChange={(value) => setWay(value as typeof way)} data={(['lifecycle', 'copy'] as const).map((value) => ({ value, label: t(`ways.${value}`) }))} />
        </div>
      </div>
      <table className={styles.tiers}>
        <caption className="visually-hidden">{t('targets')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('newClass')}</th>
            <th scope="col">{t('savesHead')}</th>
            <th scope="col">{t('onceHead')}</th>
            <th scope="col">{t('paysBackHead')}</th>
          </tr>
        </thead>
        <tbody>
          {COLD.map((target) => {
            const { saving, once, paysBack, objects } = into(target);
            return (
              <tr key={target} data-chosen={target === to || undefined}>
                <th scope="row">
                  <label>
                    <input type="radio" name="saving-target" checked={target === to} onChange={() => setTo(target)} /> {className(t, target)}
                  </label>
                </th>
                <td className={`numeric ${saving !== null && saving > 0 ? styles.gain : ''}`}>{objects === 0 ? '–' : money(t, saving)}</td>
                <td className="numeric">{objects === 0 ? '–' : money(t, once)}</td>
                <td className="numeric">{objects === 0 || saving === null || once === null ? '–' : paysBack === null ? t('never') : t('daysShort', { count: paysBack, days: formatNumber(paysBack) })}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <EstimateFacts of={chosen} />
      <EstimateNotes of={chosen} facts={priced.facts} way={way} />
      <div className={styles.buttons}>
        <LifecycleButton bucket={bucket} prefix={prefix} days={days} minSize={SIZE_EDGES[size] ?? 0} to={to} />
        <ToolButton disabled={connection.readOnly || chosen.objects === 0} title={connection.readOnly ? t('readOnly', { name: connection.name }) : undefined} onClick={change}>
          {t('changeNow')}
        </ToolButton>
      </div>
      <PriceNote of={priced} unknown={chosen.unknown} />
      <p className={styles.note}>{t('onlyModified')}</p>
    </section>
  );
}
