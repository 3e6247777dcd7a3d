import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToolButton } from '../../../ui/Toolbar.tsx';
import styles from '../bucket.module.css';
import { RuleForm } from './RuleForm.tsx';
import { ruleSentence } from './sentence.ts';
import { rulesOf, type Rule } from './types.ts';

/** The rules with a sentence each; one at a time is open as a form. */
export function LifecycleForm({ value, onChange }: { value: Record<string, unknown>; onChange(value: Record<string, unknown>): void }) {
  const { t } = useTranslation('bucket');
  const rules = rulesOf(value);
  const [open, setOpen] = useState(0);
  const setRules = (next: Rule[]) => onChange({ ...value, Rules: next });
  const add = () => {
    const taken = new Set(rules.map(({ ID }) => ID));
    let n = rules.length + 1;
    while (taken.has(`rule-${n}`)) n += 1;
    setRules([...rules, { ID: `rule-${n}`, Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 365 } }]);
    setOpen(rules.length);
  };
  return (
    <div className={styles.rules}>
      {rules.map((rule, index) => (
        <fieldset key={index} className={styles.rule}>
          <legend>{rule.ID || `#${index + 1}`}</legend>
          <button type="button" className={styles.sentence} aria-expanded={open === index} onClick={() => setOpen(open === index ? -1 : index)}>
            {ruleSentence(rule, t)}
          </button>
          {open === index && (
            <>
              <RuleForm rule={rule} onChange={(next) => setRules(rules.map((one, at) => (at === index ? next : one)))} />
              <ToolButton icon={<IconTrash size={14} aria-hidden />} onClick={() => setRules(rules.filter((_, at) => at !== index))}>{t('rule.remove')}</ToolButton>
            </>
          )}
        </fieldset>
      ))}
      <ToolButton icon={<IconPlus size={14} aria-hidden />} onClick={add}>{t('rule.add')}</ToolButton>
    </div>
  );
}
