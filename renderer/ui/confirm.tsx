import { Button, Group, Modal } from '@mantine/core';
import { createContext, useCallback, useContext, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../shared/contract/connections.ts';
import { ConnectionDot } from './ConnectionDot.tsx';
import styles from './confirm.module.css';

export interface Question {
  title: string;
  /** What will happen, to how much, and whether it can be undone. */
  body: ReactNode;
  /** The verb on the button: "Delete 3 objects". */
  action: string;
  danger?: boolean;
  /** Where it will happen; its name and colour stand in the question. */
  connection?: Connection;
}

const ConfirmContext = createContext<((question: Question) => Promise<boolean>) | null>(null);

/** `await confirm({...})`: true when the user chose the action. */
export function useConfirm(): (question: Question) => Promise<boolean> {
  const confirm = useContext(ConfirmContext);
  if (!confirm) throw new Error('useConfirm is used outside ConfirmProvider.');
  return confirm;
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation('window');
  const [question, setQuestion] = useState<Question | null>(null);
  const answerTo = useRef<(answer: boolean) => void>(undefined);
  const confirm = useCallback(
    (next: Question) =>
      new Promise<boolean>((resolve) => {
        answerTo.current?.(false);
        answerTo.current = resolve;
        setQuestion(next);
      }),
    [],
  );
  const answer = (yes: boolean) => {
    answerTo.current?.(yes);
    answerTo.current = undefined;
    setQuestion(null);
  };
  return (
    <ConfirmContext value={confirm}>
      {children}
      {question && (
        <Modal opened onClose={() => answer(false)} title={question.title} size="md" closeButtonProps={{ 'aria-label': t('close') }}>
          {question.connection && (
            <p className={styles.connection}>
              <ConnectionDot colour={question.connection.colour} />
              {question.connection.name}
              <span className={styles.region}>{question.connection.region}</span>
            </p>
          )}
          <div className={styles.body}>{question.body}</div>
          <Group justify="flex-end" gap={8} mt={16}>
            <Button variant="default" onClick={() => answer(false)} data-autofocus={question.danger || undefined}>
              {t('cancel')}
            </Button>
            <Button color={question.danger ? 'var(--error)' : undefined} className={question.danger ? styles.danger : undefined} onClick={() => answer(true)} data-autofocus={!question.danger || undefined}>
              {question.action}
            </Button>
          </Group>
        </Modal>
      )}
    </ConfirmContext>
  );
}
