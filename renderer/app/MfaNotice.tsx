import { IconDeviceMobile } from '@tabler/icons-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MfaQuestion } from '../../shared/contract/connections.ts';
import { subscribe } from '../subscribe.ts';
import { ToolButton } from '../ui/Toolbar.tsx';
import { useClient } from './clientContext.tsx';
import { useMessages } from './messages.tsx';
import styles from './SignInNotice.module.css';

/** One line for each profile that needs a code of an MFA device; everything that waits for it goes on with the answer. */
export function MfaNotices() {
  const client = useClient();
  const messages = useMessages();
  const [questions, setQuestions] = useState<MfaQuestion[]>([]);
  useEffect(() => subscribe(client, (to, options) => to.connections.watchMfa(undefined, options), setQuestions, { onError: messages.error }), [client, messages]);
  return questions.map((question) => <MfaNotice key={question.id} question={question} />);
}

function MfaNotice({ question: { id, profile, serial, refused } }: { question: MfaQuestion }) {
  const { t } = useTranslation('connections');
  const client = useClient();
  const messages = useMessages();
  const [code, setCode] = useState('');
  const [sent, setSent] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Only from nobody: somebody may be typing elsewhere.
    if (document.activeElement === document.body) field.current?.focus();
  }, []);
  const complete = /^\d{6}$/.test(code);
  const answer = (event: FormEvent) => {
    event.preventDefault();
    if (!complete || sent) return;
    setSent(true);
    client.connections.answerMfa({ id, code }).catch((error: unknown) => {
      setSent(false);
      messages.error(error);
    });
  };
  const dismiss = () => void client.connections.dismissMfa({ id }).catch(messages.error);
  return (
    <form className={styles.notice} onSubmit={answer} aria-label={t('mfa.title', { profile })} onKeyDown={(event) => event.key === 'Escape' && dismiss()}>
      <IconDeviceMobile size={16} className={styles.icon} aria-hidden />
      <div className={styles.text} role="alert">
        <strong>{t(refused ? 'mfa.refused' : 'mfa.title', { profile })}</strong> <span className="mono">{serial}</span>
      </div>
      <input
        ref={field}
        className={`${styles.code} mono`}
        aria-label={t('mfa.code')}
        placeholder="123456"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        value={code}
        onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
      />
      <ToolButton type="submit" primary disabled={!complete || sent}>
        {t('mfa.signIn')}
      </ToolButton>
      <ToolButton onClick={dismiss} disabled={sent}>
        {t('mfa.notNow')}
      </ToolButton>
    </form>
  );
}
