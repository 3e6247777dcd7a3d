import { useTranslation } from 'react-i18next';
import { literalOf, type ParameterValue } from '../../../../shared/sql/parameters.ts';
import styles from './parameters.module.css';

const types: ParameterValue['type'][] = ['text', 'number', 'date', 'timestamp', 'boolean', 'null', 'sql'];

interface Props {
  /** Names of the statement at the cursor, in their order. */
  names: readonly string[];
  values: Readonly<Record<string, ParameterValue>>;
  onChange(name: string, value: ParameterValue): void;
  onRun(): void;
}

export const noValue: ParameterValue = { type: 'text', value: '' };

/** The values of `:name` and `?` of the statement at the cursor, kept with the tab and sent beside the statement. */
export function ParametersBar({ names, values, onChange, onRun }: Props) {
  const { t } = useTranslation('sql');
  if (names.length === 0) return null;
  return (
    <div role="group" aria-label={t('parameters.title')} className={styles.bar}>
      {names.map((name) => {
        const current = values[name] ?? noValue;
        const shown = /^\d+$/.test(name) ? `?${name}` : `:${name}`;
        const bad = name in values && literalOf(current) === undefined;
        return (
          <span key={name} className={styles.parameter}>
            <label className="mono" htmlFor={`parameter-${name}`}>
              {shown}
            </label>
            <select aria-label={t('parameters.type', { name: shown })} value={current.type} onChange={(event) => onChange(name, { ...current, type: event.currentTarget.value as ParameterValue['type'] })}>
              {types.map((type) => (
                <option key={type} value={type}>
                  {t(`parameters.types.${type}`)}
                </option>
              ))}
            </select>
            <input
              id={`parameter-${name}`}
              data-parameter={name}
              value={current.type === 'null' ? '' : current.value}
              disabled={current.type === 'null'}
              aria-invalid={bad || undefined}
              title={bad ? t('parameters.bad', { type: t(`parameters.types.${current.type}`) }) : undefined}
              placeholder={t(`parameters.example.${current.type}`)}
              onChange={(event) => onChange(name, { ...current, value: event.currentTarget.value })}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
                event.preventDefault();
                onRun();
              }}
            />
          </span>
        );
      })}
    </div>
  );
}
