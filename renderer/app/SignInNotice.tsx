import { IconCopy, IconKey, IconRefresh } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { onSignInEnded } from '../signInEnded.ts';
import { copyText } from '../ui/clipboard.ts';
import { ToolButton } from '../ui/Toolbar.tsx';
import { useClient } from './clientContext.tsx';
import { useConnections } from './connectionContext.tsx';
import { toAppError } from './errors.ts';
import { needsSignIn } from './signIn.ts';
import styles from './SignInNotice.module.css';
import { useReplay } from './useSignInAgain.ts';

/**
 * While the window's connection has no valid sign-in: why, the command that signs in, and Retry, once for the whole
 * window. Where a command can be copied (SSO), coming back to the window asks again by itself; a program that gives
 * credentials is only run by a click, for it may open a browser.
 */
export function SignInNotice() {
  const { t } = useTranslation('window');
  const client = useClient();
  const { current } = useConnections();
  const cache = useQueryClient();
  const replay = useReplay();
  const [asking, setAsking] = useState(false);
  const { id } = current;
  const { data, error: reason, isFetching, refetch } = useQuery({ queryKey: ['identity', id], queryFn: () => client.connections.identity({ connectionId: id }), staleTime: 300_000 });
  const error = reason ? toAppError(reason) : undefined;
  const ended = needsSignIn(error);
  const arn = data?.arn;
  const command = error?.signInCommand;

  useEffect(
    () =>
      onSignInEnded(() => {
        if (!ended && !isFetching) void refetch();
      }),
    [ended, isFetching, refetch],
  );
  // However the identity came back (Retry, another window's sign-in), what failed without it is asked again.
  const waiting = useRef<string>(undefined);
  useEffect(() => {
    if (ended) waiting.current = id;
    else if (arn !== undefined && waiting.current === id) {
      waiting.current = undefined;
      replay(id);
    }
  }, [ended, arn, id, replay]);
  const retry = async () => {
    setAsking(true);
    try {
      cache.setQueryData(['identity', id], await client.connections.refresh({ connectionId: id }));
    } catch {
      await refetch(); // its reason is what is shown
    } finally {
      setAsking(false);
    }
  };
  useEffect(() => {
    if (!ended || command === undefined) return;
    const back = () => void retry();
    window.addEventListener('focus', back);
    return () => window.removeEventListener('focus', back);
  });
  if (!ended || !error) return null;
  return (
    <div className={styles.notice} role="alert">
      <IconKey size={16} className={styles.icon} aria-hidden />
      <div className={styles.text} title={error.detail}>
        <strong>{error.message}</strong> <span>{error.detail}</span>
      </div>
      {command !== undefined && (
        <>
          <code className={styles.command}>{command}</code>
          <ToolButton icon={<IconCopy size={14} />} onClick={() => void copyText(command)}>
            {t('error.copyCommand')}
          </ToolButton>
        </>
      )}
      <ToolButton icon={<IconRefresh size={14} />} disabled={asking} onClick={() => void retry()}>
        {t('error.retry')}
      </ToolButton>
    </div>
  );
}
