import { IconArrowBackUp, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import type { Common } from './common.ts';
import styles from './objectDetails.module.css';

interface Props {
  label: string;
  now: Common | undefined;
  /** undefined: as it is; null: removed. */
  change: string | null | undefined;
  /** Values that were not read may be there all the same. */
  unread: boolean;
  placeholder?: string | undefined;
  /** An emptied field is a removed one (headers), not an empty value. */
  emptyRemoves?: boolean;
  disabled: boolean;
  onChange(value: string | null | undefined): void;
}

/** One named value: to type over, to remove, and to leave as it was. */
export function ValueRow({ label, now, change, unread, placeholder, emptyRemoves = false, disabled, onChange }: Props) {
  const { t } = useTranslation('objectDetails');
  const known = now !== undefined && now !== 'mixed' ? now.value : undefined;
  const removed = change === null;
  const hint = removed ? t('removed') : now === 'mixed' ? t('mixed') : unread ? t('asItIs') : (placeholder ?? '');
  const type = (value: string) => onChange(value === '' && emptyRemoves ? (now === undefined ? undefined : null) : value);
  return (
    <div className={styles.row} data-changed={change !== undefined || undefined}>
      <span className={`${styles.label} ellipsis`} title={label}>
        {label}
      </span>
      <input className={styles.input} aria-label={label} value={removed ? '' : (change ?? known ?? '')} placeholder={hint} disabled={disabled || removed} spellCheck={false} onChange={(event) => type(event.currentTarget.value)} />
      {change !== undefined ? (
        <IconButton label={t('leave', { name: label })} disabled={disabled} onClick={() => onChange(undefined)}>
          <IconArrowBackUp size={15} />
        </IconButton>
      ) : now !== undefined || unread ? (
        <IconButton label={t('remove', { name: label })} disabled={disabled} onClick={() => onChange(null)}>
          <IconX size={15} />
        </IconButton>
      ) : (
        <span />
      )}
    </div>
  );
}
