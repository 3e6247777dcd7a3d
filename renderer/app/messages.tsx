import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react';
import type { AppError } from '../../shared/errors.ts';
import { toAppError } from './errors.ts';

export interface Message {
  id: number;
  at: Date;
  level: 'info' | 'success' | 'warning' | 'error';
  text: string;
  error?: AppError;
  /** What can be done about it, from where it is shown. */
  action?: { label: string; run(): void };
}

/** How to say something; stable, so it may stand in an effect's dependencies. */
export interface Messages {
  /** Says something that happened; kept in the Messages panel, shown for a moment. */
  notify(text: string, level?: Message['level'], action?: Message['action']): void;
  /** The same of something that went well, with what can be done about it until the answer is called: the offer holds no longer. */
  offer(text: string, action: NonNullable<Message['action']>): () => void;
  /** Shows what a call threw. Cancelled work is not news and is left out. */
  error(error: unknown): void;
}

export interface MessageList {
  list: readonly Message[];
  /** Messages not yet looked at in the Messages panel. */
  unread: number;
  markRead(): void;
  clear(): void;
}

const MessagesContext = createContext<Messages | null>(null);
const MessageListContext = createContext<MessageList | null>(null);
const KEPT = 200;

export function useMessages(): Messages {
  const messages = useContext(MessagesContext);
  if (!messages) throw new Error('useMessages is used outside MessagesProvider.');
  return messages;
}

export function useMessageList(): MessageList {
  const list = useContext(MessageListContext);
  if (!list) throw new Error('useMessageList is used outside MessagesProvider.');
  return list;
}

export function MessagesProvider({ children }: { children: ReactNode }) {
  const [list, setList] = useState<readonly Message[]>([]);
  const [unread, setUnread] = useState(0);
  const nextId = useRef(1);
  const add = useCallback((message: Omit<Message, 'id' | 'at'>) => {
    const id = nextId.current++;
    setList((before) => [{ ...message, id, at: new Date() }, ...before].slice(0, KEPT));
    setUnread((count) => count + 1);
    return id;
  }, []);
  const notify = useCallback((text: string, level: Message['level'] = 'info', action?: Message['action']) => void add({ text, level, ...(action && { action }) }), [add]);
  const offer = useCallback(
    (text: string, offered: NonNullable<Message['action']>) => {
      const id = add({ text, level: 'success', action: offered });
      return () => setList((before) => before.map(({ action, ...message }) => (message.id === id || !action ? message : { ...message, action })));
    },
    [add],
  );
  const error = useCallback(
    (thrown: unknown) => {
      const failure = toAppError(thrown);
      if (failure.code !== 'Cancelled') add({ text: failure.message, level: 'error', error: failure });
    },
    [add],
  );
  const markRead = useCallback(() => setUnread(0), []);
  const clear = useCallback(() => {
    setList([]);
    setUnread(0);
  }, []);
  const actions = useMemo(() => ({ notify, offer, error }), [notify, offer, error]);
  const value = useMemo(() => ({ list, unread, markRead, clear }), [list, unread, markRead, clear]);
  return (
    <MessagesContext value={actions}>
      <MessageListContext value={value}>{children}</MessageListContext>
    </MessagesContext>
  );
}
