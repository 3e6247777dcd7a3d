import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './derived.module.css';

interface Props {
  label: string;
  columns: { name: string; type: string }[];
  chosen: number[];
  /** As many as it takes. */
  most: number;
  onChange(chosen: number[]): void;
}

/** Columns put into one side of a pivot, or into a key. */
export function PivotWell({ label, columns, chosen, most, onChange }: Props) {
  const { t } = useTranslation('results');
  return (
    <div className={styles.well} role="group" aria-label={label}>
      <span className={styles.label}>{label}</span>
      {chosen.map((place) => {
        const name = columns[place]?.name ?? '';
        return (
          <span key={place} className={styles.value}>
            <span className="ellipsis">{name}</span>
            <button type="button" aria-label={t('pivot.remove', { name })} onClick={() => onChange(chosen.filter((one) => one !== place))}>
              ×
            </button>
          </span>
        );
      })}
      <NativeSelect
        size="xs"
        aria-label={`${t('pivot.add')}: ${label}`}
        value=""
        disabled={chosen.length >= most}
        onChange={(event) => event.currentTarget.value !== '' && onChange([...chosen, Number(event.currentTarget.value)])}
        data={[{ value: '', label: t('pivot.add') }, ...columns.flatMap(({ name }, i) => (chosen.includes(i) ? [] : [{ value: String(i), label: name }]))]}
      />
    </div>
  );
}
