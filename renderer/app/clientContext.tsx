import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../shared/errors.ts';
import type { Client } from '../client.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import { connectBackend } from './connectBackend.ts';
import { toAppError } from './errors.ts';

const ClientContext = createContext<Client | null>(null);

/** The contract's client: `client.s3.list({...})`. The same in both hosts. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error('useClient is used outside ClientProvider.');
  return client;
}

/** Connects once, then renders the window; says why where the backend cannot be reached. */
export function ClientProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation('window');
  const [client, setClient] = useState<Client | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let wanted = true;
    connectBackend().then(
      (connected) => wanted && setClient(() => connected),
      (reason: unknown) => wanted && setError(toAppError(reason)),
    );
    return () => {
      wanted = false;
    };
  }, [attempt]);
  if (client) return <ClientContext value={client}>{children}</ClientContext>;
  if (!error) return <EmptyState title={t('connecting')} />;
  const retry = () => {
    setError(null);
    setAttempt(attempt + 1);
  };
  return (
    <EmptyState title={t('noBackend')}>
      <ErrorNotice error={error} onRetry={retry} />
    </EmptyState>
  );
}
