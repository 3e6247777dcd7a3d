import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Mask } from '../../../shared/contract/s3Tiers.ts';
import { DAY_MS, SIZE_EDGES } from '../../../shared/prices/buckets.ts';
import { TARGET_CLASSES } from '../../../shared/prices/storageClasses.ts';
import { formatBytes } from '../../ui/format.ts';
import { className } from './classNames.ts';
import styles from './tiers.module.css';

export interface MaskWish {
  glob: string;
  /** Days since the last change, at least; 0: any. */
  olderThan: number;
  /** Bytes, at least. */
  minSize: number;
  /** Only out of these classes; empty: any. */
  classes: string[];
}

export const NO_MASK: MaskWish = { glob: '', olderThan: 0, minSize: 0, classes: [] };

/** Ages become a moment, so that plan and work mean the same objects. */
export function maskOf({ glob, olderThan, minSize, classes }: MaskWish, now: number): Mask | undefined {
  const mask: Mask = {
    ...(glob.trim() && { glob: glob.trim() }),
    ...(olderThan > 0 && { modifiedBefore: new Date(now - olderThan * DAY_MS).toISOString() }),
    ...(minSize > 0 && { minSize }),
    ...(classes.length > 0 && { classes }),
  };
  return Object.keys(mask).length > 0 ? mask : undefined;
}

/** Which of the objects below a prefix are meant: name, age, size. */
export function MaskFields({ mask, onMask }: { mask: MaskWish; onMask(mask: MaskWish): void }) {
  const { t } = useTranslation('tiers');
  return (
    <div className={styles.mask}>
      <TextInput label={t('glob')} placeholder="**/*.parquet" value={mask.glob} onChange={(event) => onMask({ ...mask, glob: event.currentTarget.value })} spellCheck={false} />
      <NumberInput label={t('olderThan')} size="xs" min={0} max={36_500} allowDecimal={false} value={mask.olderThan} onChange={(value) => onMask({ ...mask, olderThan: Number(value) || 0 })} />
      <Select
        label={t('minSize')}
        allowDeselect={false}
        value={String(mask.minSize)}
        data={SIZE_EDGES.map((edge) => ({ value: String(edge), label: edge === 0 ? t('anySize') : formatBytes(edge) }))}
        onChange={(value) => onMask({ ...mask, minSize: Number(value) })}
      />
      <MultiSelect
        label={t('fromClass')}
        size="xs"
        placeholder={mask.classes.length === 0 ? t('fromAny') : undefined}
        value={mask.classes}
        data={TARGET_CLASSES.map((value) => ({ value, label: className(t, value) }))}
        onChange={(classes) => onMask({ ...mask, classes })}
      />
    </div>
  );
}
