import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ToolButton } from '../../../ui/Toolbar.tsx';
import styles from '../bucket.module.css';
import { Check, NumberField, TextField } from './fields.tsx';

interface CorsRule {
  AllowedMethods?: string[];
  AllowedOrigins?: string[];
  AllowedHeaders?: string[];
  ExposeHeaders?: string[];
  MaxAgeSeconds?: number;
}
const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'];

const listed = (text: string) => text.split(/[\s,]+/).filter(Boolean);

/** CORS rules: who may call from a web page, with which methods and headers. */
export function CorsForm({ value, onChange }: { value: Record<string, unknown>; onChange(value: Record<string, unknown>): void }) {
  const { t } = useTranslation('bucket');
  const rules = Array.isArray(value.CORSRules) ? (value.CORSRules as CorsRule[]) : [];
  const setRules = (next: CorsRule[]) => onChange({ ...value, CORSRules: next });
  const set = (at: number, change: CorsRule) => setRules(rules.map((rule, index) => (index === at ? (JSON.parse(JSON.stringify({ ...rule, ...change })) as CorsRule) : rule)));
  const lists = (['AllowedOrigins', 'AllowedHeaders', 'ExposeHeaders'] as const).map((name) => [name, t(`field.${name}`)] as const);
  return (
    <>
      {rules.map((rule, index) => (
        <fieldset key={index} className={styles.rule}>
          <legend>{t('field.corsRule', { n: index + 1 })}</legend>
          <div className={styles.row}>
            {METHODS.map((method) => (
              <Check key={method} label={method} checked={rule.AllowedMethods?.includes(method) ?? false} onChange={(on) => set(index, { AllowedMethods: METHODS.filter((one) => (one === method ? on : rule.AllowedMethods?.includes(one))) })} />
            ))}
          </div>
          {lists.map(([name, label]) => (
            <ListField key={name} label={label} value={rule[name]} onChange={(next) => set(index, { [name]: next.length > 0 || name === 'AllowedOrigins' ? next : undefined })} />
          ))}
          <NumberField label={t('field.maxAge')} value={rule.MaxAgeSeconds} onChange={(MaxAgeSeconds) => set(index, { MaxAgeSeconds })} />
          <ToolButton icon={<IconTrash size={14} aria-hidden />} onClick={() => setRules(rules.filter((_, at) => at !== index))}>{t('rule.remove')}</ToolButton>
        </fieldset>
      ))}
      <ToolButton icon={<IconPlus size={14} aria-hidden />} onClick={() => setRules([...rules, { AllowedMethods: ['GET'], AllowedOrigins: ['https://'] }])}>{t('rule.add')}</ToolButton>
    </>
  );
}

/** Several values in one line; a space at its end is being typed, not a value. */
function ListField({ label, value = [], onChange }: { label: string; value: string[] | undefined; onChange(value: string[]): void }) {
  return <TextField wide label={label} value={value.join(' ')} onChange={(text) => onChange(text.endsWith(' ') ? [...listed(text), ''] : listed(text))} />;
}
