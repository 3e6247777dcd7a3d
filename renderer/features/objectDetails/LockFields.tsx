import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../ui/format.ts';
import { valueOf, type Looked } from './common.ts';
import type { Draft } from './draft.ts';
import styles from './objectDetails.module.css';

interface Props {
  now: Looked['lock'];
  draft: Draft;
  disabled: boolean;
  onDraft(draft: Draft): void;
}

const YEAR = 365 * 24 * 3600 * 1000;
type Choice = 'leave' | 'GOVERNANCE' | 'COMPLIANCE' | 'lift';

/** Retention and legal hold, where the bucket has Object Lock. */
export function LockFields({ now, draft, disabled, onDraft }: Props) {
  const { t } = useTranslation('objectDetails');
  const [inAYear] = useState(() => new Date(Date.now() + YEAR).toISOString());
  const { retention, legalHold } = draft;
  const held = now.legalHold !== undefined;
  const mode = valueOf(now.mode);
  const until = valueOf(now.until);
  const choice: Choice = retention === undefined ? 'leave' : retention === null ? 'lift' : retention.mode;
  const choose = (to: Choice) => onDraft({ ...draft, retention: to === 'leave' ? undefined : to === 'lift' ? null : { mode: to, until: retention?.until ?? (until || inAYear), bypass: retention?.bypass ?? false } });
  const is = now.mode === 'mixed' ? t('mixed') : mode ? t('retainedUntil', { mode, until: formatDate(until, true) }) : t('noRetention');
  return (
    <section className={styles.section} aria-label={t('lock')}>
      <h3>{t('lock')}</h3>
      <div className={styles.row} data-changed={retention !== undefined || undefined}>
        <span className={styles.label}>{t('retention')}</span>
        <span className={styles.pairValue}>
          <select className={styles.input} aria-label={t('retention')} value={choice} disabled={disabled} onChange={(event) => choose(event.currentTarget.value as Choice)}>
            <option value="leave">{is}</option>
            <option value="GOVERNANCE">{t('governance')}</option>
            <option value="COMPLIANCE">{t('compliance')}</option>
            {mode === 'GOVERNANCE' && <option value="lift">{t('lift')}</option>}
          </select>
          {retention && (
            <input
              className={styles.input}
              type="datetime-local"
              aria-label={t('until')}
              value={formatDate(retention.until).replace(' ', 'T')}
              disabled={disabled}
              onChange={(event) => event.currentTarget.value && onDraft({ ...draft, retention: { ...retention, until: new Date(event.currentTarget.value).toISOString() } })}
            />
          )}
        </span>
        <span />
      </div>
      {retention && (mode === 'GOVERNANCE' || now.mode === 'mixed') && (
        <label className={styles.check}>
          <input type="checkbox" checked={retention.bypass} onChange={(event) => onDraft({ ...draft, retention: { ...retention, bypass: event.currentTarget.checked } })} />
          {t('bypass')}
        </label>
      )}
      <label className={styles.check}>
        <input type="checkbox" checked={legalHold ?? (held && now.legalHold !== 'mixed')} disabled={disabled} onChange={(event) => onDraft({ ...draft, legalHold: event.currentTarget.checked === held && now.legalHold !== 'mixed' ? undefined : event.currentTarget.checked })} />
        {t('legalHold')}
        {now.legalHold === 'mixed' && legalHold === undefined && <span className={styles.quiet}>({t('mixed')})</span>}
      </label>
    </section>
  );
}
