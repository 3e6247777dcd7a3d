import type { ReactNode } from 'react';
import styles from '../bucket.module.css';

interface TextProps {
  label: string;
  value: string;
  onChange(value: string): void;
  placeholder?: string;
  wide?: boolean;
}

export function TextField({ label, value, onChange, placeholder, wide }: TextProps) {
  return (
    <label className={wide ? styles.wideField : styles.field}>
      <span>{label}</span>
      <input type="text" value={value} placeholder={placeholder} spellCheck={false} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}

/** A whole number, or nothing. */
export function NumberField({ label, value, onChange, min = 0 }: { label: string; value: number | undefined; onChange(value: number | undefined): void; min?: number }) {
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <input type="number" min={min} step={1} value={value ?? ''} onChange={(event) => onChange(event.target.value === '' ? undefined : Number(event.target.value))} />
    </label>
  );
}

export function Choice({ label, value, options, onChange }: { label: string; value: string; options: readonly (readonly [string, string])[]; onChange(value: string): void }) {
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        {!options.some(([one]) => one === value) && <option value={value}>{value}</option>}
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Check({ label, checked, onChange, children }: { label: string; checked: boolean; onChange(checked: boolean): void; children?: ReactNode }) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}{children}</span>
    </label>
  );
}
