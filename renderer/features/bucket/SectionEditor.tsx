import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BucketSection, SectionState } from '../../../shared/contract/s3Bucket.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useConfirm } from '../../ui/confirm.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import styles from './bucket.module.css';
import { check } from './checks.ts';
import { pretty } from './difference.ts';
import { DifferenceView } from './DifferenceView.tsx';
import { SectionForm } from './forms/SectionForm.tsx';
import { startOf } from './starts.ts';

interface Props {
  bucket: string;
  section: BucketSection;
  from: SectionState;
  onEnd(): void;
}

/** Edits one part as a form and as JSON, two views of one text; shows the difference, asks, then writes. */
export function SectionEditor({ bucket, section, from, onEnd }: Props) {
  const { t } = useTranslation('bucket');
  const client = useClient();
  const confirm = useConfirm();
  const connection = useCurrentConnection();
  const [text, setText] = useState(() => pretty(from.state === 'set' ? from.value : startOf(section)?.value));
  const [asJson, setAsJson] = useState(section === 'policy');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const parsed = useMemo((): { value?: unknown; problem?: string } => {
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? { value } : { problem: t('notAnObject') };
    } catch (reason) {
      return { problem: t('notJson', { reason: (reason as Error).message }) };
    }
  }, [text, t]);
  const before = pretty(from.state === 'set' ? from.value : null);
  const after = parsed.value === undefined ? before : pretty(parsed.value);
  const checked = parsed.value === undefined ? { problems: [parsed.problem ?? ''], warnings: [] } : check(section, from.value, parsed.value, t);
  const unchanged = before === after;

  const write = async (value: unknown) => {
    const { warnings } = value === null ? check(section, from.value, null, t) : checked;
    const name = t(`section.${section}`);
    const yes = await confirm({
      title: t(value === null ? 'removeTitle' : 'writeTitle', { section: name, bucket }),
      body: (
        <>
          {warnings.map((warning) => (
            <p key={warning} className={styles.warning} role="note">{warning}</p>
          ))}
          <DifferenceView before={before} after={value === null ? '' : after} />
        </>
      ),
      action: t(value === null ? 'remove' : 'write'),
      danger: value === null || warnings.length > 0,
      connection,
    });
    if (!yes) return;
    setBusy(true);
    setError(null);
    try {
      await client.s3Bucket.writeSection({ connectionId: connection.id, bucket, section, value, basedOn: from.version });
      onEnd();
    } catch (reason) {
      setError(reason);
      setBusy(false);
    }
  };
  const form = !asJson && parsed.value !== undefined ? <SectionForm section={section} value={parsed.value as Record<string, unknown>} onChange={(value) => setText(pretty(value))} /> : null;
  return (
    <div className={styles.editor}>
      {section !== 'policy' && (
        <div className={styles.views} role="group" aria-label={t('view')}>
          <ToolButton aria-pressed={!asJson} disabled={parsed.value === undefined} onClick={() => setAsJson(false)}>{t('form')}</ToolButton>
          <ToolButton aria-pressed={asJson} onClick={() => setAsJson(true)}>JSON</ToolButton>
        </div>
      )}
      {form ?? (
        <textarea className={`mono ${styles.text}`} aria-label={t('jsonOf', { section: t(`section.${section}`) })} value={text} rows={Math.min(24, Math.max(6, text.split('\n').length + 1))} spellCheck={false} disabled={busy} onChange={(event) => setText(event.target.value)} />
      )}
      {checked.problems.length > 0 && (
        <ul className={styles.problems} aria-live="polite">
          {checked.problems.slice(0, 12).map((problem) => <li key={problem}>{problem}</li>)}
        </ul>
      )}
      {checked.warnings.map((warning) => <p key={warning} className={styles.warning} role="note">{warning}</p>)}
      {!unchanged && parsed.value !== undefined && <DifferenceView before={before} after={after} />}
      {error !== null && <ErrorNotice error={toAppError(error)} />}
      <div className={styles.actions}>
        <ToolButton primary disabled={busy || unchanged || checked.problems.length > 0} onClick={() => void write(parsed.value)}>{t('review')}</ToolButton>
        <ToolButton disabled={busy} onClick={onEnd}>{t('cancel')}</ToolButton>
        {from.state === 'set' && startOf(section)?.removable && <ToolButton danger disabled={busy} onClick={() => void write(null)}>{t('removeDots')}</ToolButton>}
      </div>
    </div>
  );
}
