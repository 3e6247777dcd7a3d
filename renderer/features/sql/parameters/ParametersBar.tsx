import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { literalOf, type ParameterValue } from '../../../../shared/sql/parameters.ts';
import styles from './parameters.module.css';

const types: ParameterValue['type'][] = ['text', 'number', 'date', 'timestamp', 'boolean', 'null', 'sql'];

interface Field {
  key: string;
  /** `:month`, `?1`. */
  label: string;
  /** Absent: nobody gave it one. */
  value: ParameterValue | undefined;
}

interface Props {
  fields: readonly Field[];
  onChange(key: string, value: ParameterValue): void;
  /** Enter in a field. */
  onRun(key: string): void;
}

const noValue: ParameterValue = { type: 'text', value: '' };

/** A type and a value for each `:name` and `?`: they are sent beside the statement. */
export function ParametersBar({ fields, onChange, onRun }: Props) {
  const { t } = useTranslation('sql');
  const id = useId();
  if (fields.length === 0) return null;
  return (
    <div role="group" aria-label={t('parameters.title')} className={styles.bar}>
      {fields.map(({ key, label, value }) => {
        const current = value ?? noValue;
        const bad = value !== undefined && literalOf(current) === undefined;
        return (
          <span key={key} className={styles.parameter}>
            <label className="mono" htmlFor={`${id} ${key}`}>
              {label}
            </label>
            <select aria-label={t('parameters.type', { name: label })} value={current.type} onChange={(event) => onChange(key, { ...current, type: event.currentTarget.value as ParameterValue['type'] })}>
              {types.map((type) => (
                <option key={type} value={type}>
                  {t(`parameters.types.${type}`)}
                </option>
              ))}
            </select>
            <input
              id={`${id} ${key}`}
              data-parameter={key}
              value={current.type === 'null' ? '' : current.value}
              disabled={current.type === 'null'}
              aria-invalid={bad || undefined}
              title={bad ? t('parameters.bad', { type: t(`parameters.types.${current.type}`) }) : undefined}
              placeholder={t(`parameters.example.${current.type}`)}
              onChange={(event) => onChange(key, { ...current, value: event.currentTarget.value })}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
                event.preventDefault();
                onRun(key);
              }}
            />
          </span>
        );
      })}
    </div>
  );
}
