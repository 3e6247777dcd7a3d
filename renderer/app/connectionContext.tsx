import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../shared/contract/connections.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import { useClient } from './clientContext.tsx';
import { toAppError } from './errors.ts';
import { useWorkspace } from './workspace.tsx';

export interface Connections {
  list: readonly Connection[];
  /** The window's connection: what the side bar shows and new tabs are pinned to. */
  current: Connection;
  switchTo(id: string): void;
  /** Reads the list again after one was added, changed or removed. */
  reload(): Promise<void>;
}

const ConnectionsContext = createContext<Connections | null>(null);
const ScopeContext = createContext<Connection | null>(null);

/** All connections and which one the window is on. */
export function useConnections(): Connections {
  const connections = useContext(ConnectionsContext);
  if (!connections) throw new Error('useConnections is used outside ConnectionsProvider.');
  return connections;
}

/** The connection to work on: inside a tab the one it is pinned to, elsewhere the window's. */
export function useCurrentConnection(): Connection {
  const scope = useContext(ScopeContext);
  const connections = useConnections();
  return scope ?? connections.current;
}

/** Pins everything below to one connection; says so where it is gone. */
export function ConnectionScope({ id, children }: { id: string; children: ReactNode }) {
  const { t } = useTranslation('window');
  const { list } = useConnections();
  const connection = list.find((one) => one.id === id);
  if (!connection) return <EmptyState title={t('connectionGone')} text={t('connectionGoneText')} />;
  return <ScopeContext value={connection}>{children}</ScopeContext>;
}

export function ConnectionsProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const cache = useQueryClient();
  const { t } = useTranslation('window');
  const { connectionId, setConnectionId } = useWorkspace();
  const { data: list, error, refetch } = useQuery({ queryKey: ['connections'], queryFn: () => client.connections.list(), staleTime: Infinity });
  const reload = useCallback(() => cache.invalidateQueries({ queryKey: ['connections'] }), [cache]);
  const current = list?.find((one) => one.id === connectionId) ?? list?.[0];
  const value = useMemo(() => (list && current ? { list, current, switchTo: setConnectionId, reload } : null), [list, current, setConnectionId, reload]);
  if (value) return <ConnectionsContext value={value}>{children}</ConnectionsContext>;
  if (!error) return <EmptyState title={t('connecting')} />;
  return (
    <EmptyState title={t('noConnections')}>
      <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} />
    </EmptyState>
  );
}
