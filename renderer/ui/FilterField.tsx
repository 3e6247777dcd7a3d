import { IconSearch, IconX } from '@tabler/icons-react';
import type { KeyboardEvent, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './FilterField.module.css';

interface Props {
  /** Accessible name; shown as the placeholder unless there is one. */
  label: string;
  placeholder?: string;
  value: string;
  onChange(value: string): void;
  /** Enter, unless it ends a composition. */
  onEnter?(value: string): void;
  disabled?: boolean;
  ref?: Ref<HTMLInputElement>;
}

/** A 26 px field with a magnifier: filters what is shown as one types. Escape empties it. */
export function FilterField({ label, placeholder = label, value, onChange, onEnter, disabled, ref }: Props) {
  const { t } = useTranslation('window');
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') onEnter?.(value);
    if (event.key === 'Escape' && value) {
      event.stopPropagation();
      onChange('');
    }
  };
  return (
    <div className={styles.field}>
      <IconSearch size={15} aria-hidden />
      <input ref={ref} type="text" aria-label={label} placeholder={placeholder} value={value} disabled={disabled} spellCheck={false} autoComplete="off" onChange={(event) => onChange(event.target.value)} onKeyDown={onKeyDown} />
      {value && (
        <button type="button" aria-label={t('clearFilter')} onClick={() => onChange('')}>
          <IconX size={13} />
        </button>
      )}
    </div>
  );
}
