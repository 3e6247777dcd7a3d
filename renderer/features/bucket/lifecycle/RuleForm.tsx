import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../ui/IconButton.tsx';
import { ToolButton } from '../../../ui/Toolbar.tsx';
import styles from '../bucket.module.css';
import { Check, Choice, NumberField, TextField } from '../forms/fields.tsx';
import { TagsForm } from '../forms/TagsForm.tsx';
import { CLASSES, conditionsOf, filterOf, type Conditions, type Rule } from './types.ts';

/** Members that are undefined are left out, as JSON leaves them out. */
const without = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
const orNone = <T extends object>(value: T): T | undefined => (Object.keys(without(value)).length > 0 ? without(value) : undefined);

/** One rule: which objects, where they move, when they end. Fields it does not know stay as they are. */
export function RuleForm({ rule, onChange }: { rule: Rule; onChange(rule: Rule): void }) {
  const { t } = useTranslation('bucket');
  const set = (change: { [Name in keyof Rule]?: Rule[Name] | undefined }) => onChange(without({ ...rule, ...change }) as Rule);
  const conditions = conditionsOf(rule);
  const filter = (change: { [Name in keyof Conditions]?: Conditions[Name] | undefined }) => {
    const { Prefix: _old, ...rest } = rule;
    onChange({ ...rest, Filter: filterOf(without({ ...conditions, ...change }) as Conditions) });
  };
  const classes = CLASSES.map((one) => [one, t(`storageClass.${one}`, { ns: 'objects' })] as const);
  const moves = rule.Transitions ?? [];
  const oldMoves = rule.NoncurrentVersionTransitions ?? [];
  const setMoves = (next: typeof moves) => set({ Transitions: next.length > 0 ? next.map(without) : undefined });
  const setOldMoves = (next: typeof oldMoves) => set({ NoncurrentVersionTransitions: next.length > 0 ? next.map(without) : undefined });
  const at = <T,>(list: T[], index: number, change: Partial<T>) => list.map((one, i) => (i === index ? { ...one, ...change } : one));
  return (
    <>
      <div className={styles.row}>
        <TextField label={t('rule.id')} value={rule.ID ?? ''} onChange={(ID) => set({ ID: ID || undefined })} />
        <Check label={t('rule.enabled')} checked={rule.Status === 'Enabled'} onChange={(on) => set({ Status: on ? 'Enabled' : 'Disabled' })} />
      </div>
      <div className={styles.row}>
        <TextField label={t('rule.prefix')} value={conditions.Prefix ?? ''} placeholder="logs/" onChange={(Prefix) => filter({ Prefix: Prefix || undefined })} />
        <NumberField label={t('rule.above')} value={conditions.ObjectSizeGreaterThan} onChange={(size) => filter({ ObjectSizeGreaterThan: size })} />
        <NumberField label={t('rule.below')} value={conditions.ObjectSizeLessThan} onChange={(size) => filter({ ObjectSizeLessThan: size })} />
      </div>
      <TagsForm tags={conditions.Tags ?? []} onChange={(Tags) => filter({ Tags: Tags.length > 0 ? Tags : undefined })} />
      {moves.map((move, index) => (
        <div key={index} className={styles.row}>
          <Choice label={t('rule.moveTo')} value={move.StorageClass ?? ''} options={classes} onChange={(StorageClass) => setMoves(at(moves, index, { StorageClass }))} />
          {move.Date ? (
            <TextField label={t('rule.date')} value={move.Date} onChange={(Date) => setMoves(at(moves, index, { Date }))} />
          ) : (
            <NumberField label={t('rule.days')} value={move.Days} onChange={(Days) => setMoves(at(moves, index, { Days }))} />
          )}
          <IconButton label={t('rule.removeMove')} onClick={() => setMoves(moves.filter((_, i) => i !== index))}>
            <IconX size={14} />
          </IconButton>
        </div>
      ))}
      {oldMoves.map((move, index) => (
        <div key={index} className={styles.row}>
          <Choice label={t('rule.moveOldTo')} value={move.StorageClass ?? ''} options={classes} onChange={(StorageClass) => setOldMoves(at(oldMoves, index, { StorageClass }))} />
          <NumberField label={t('rule.oldDays')} value={move.NoncurrentDays} onChange={(NoncurrentDays) => setOldMoves(at(oldMoves, index, { NoncurrentDays }))} />
          <IconButton label={t('rule.removeMove')} onClick={() => setOldMoves(oldMoves.filter((_, i) => i !== index))}>
            <IconX size={14} />
          </IconButton>
        </div>
      ))}
      <div className={styles.row}>
        <ToolButton icon={<IconPlus size={14} aria-hidden />} onClick={() => setMoves([...moves, { Days: 90, StorageClass: 'GLACIER' }])}>{t('rule.addMove')}</ToolButton>
        <ToolButton icon={<IconPlus size={14} aria-hidden />} onClick={() => setOldMoves([...oldMoves, { NoncurrentDays: 30, StorageClass: 'GLACIER' }])}>{t('rule.addOldMove')}</ToolButton>
      </div>
      <div className={styles.row}>
        <NumberField label={t('rule.expire')} min={1} value={rule.Expiration?.Days} onChange={(Days) => set({ Expiration: orNone({ ...rule.Expiration, Days }) })} />
        <NumberField label={t('rule.expireOld')} min={1} value={rule.NoncurrentVersionExpiration?.NoncurrentDays} onChange={(NoncurrentDays) => set({ NoncurrentVersionExpiration: orNone({ ...rule.NoncurrentVersionExpiration, NoncurrentDays }) })} />
        <NumberField label={t('rule.keep')} min={1} value={rule.NoncurrentVersionExpiration?.NewerNoncurrentVersions} onChange={(NewerNoncurrentVersions) => set({ NoncurrentVersionExpiration: orNone({ ...rule.NoncurrentVersionExpiration, NewerNoncurrentVersions }) })} />
        <NumberField label={t('rule.abort')} min={1} value={rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation} onChange={(DaysAfterInitiation) => set({ AbortIncompleteMultipartUpload: orNone({ ...rule.AbortIncompleteMultipartUpload, DaysAfterInitiation }) })} />
      </div>
      <Check label={t('rule.markers')} checked={rule.Expiration?.ExpiredObjectDeleteMarker ?? false} onChange={(on) => set({ Expiration: orNone({ ...rule.Expiration, ExpiredObjectDeleteMarker: on || undefined }) })} />
    </>
  );
}
