import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './tiers.module.css';

/** One price in US dollars; empty is unknown. What is no number stays in the field, marked, and changes nothing. */
export function PriceField({ label, value, onChange }: { label: string; value: number | null; onChange(value: number | null): void }) {
  const { t } = useTranslation('tiers');
  const [typed, setTyped] = useState<{ text: string; of: number | null } | null>(null);
  const text = typed && typed.of === value ? typed.text : value === null ? '' : String(value);
  const number = text.trim() === '' ? null : Number(text);
  const wrong = number !== null && !(number >= 0 && number <= 1_000_000);
  return (
    <input
      type="text"
      inputMode="decimal"
      className={`numeric ${styles.price}`}
      aria-label={label}
      aria-invalid={wrong || undefined}
      placeholder={t('unknown')}
      value={text}
      onChange={(event) => {
        const next = event.currentTarget.value;
        const parsed = next.trim() === '' ? null : Number(next);
        const usable = parsed === null || (parsed >= 0 && parsed <= 1_000_000);
        setTyped({ text: next, of: usable ? parsed : value });
        if (usable) onChange(parsed);
      }}
    />
  );
}
