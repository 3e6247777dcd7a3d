import { Button, Group, Modal, TextInput } from '@mantine/core';
import { createContext, useCallback, useContext, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toAppError } from '../app/errors.ts';
import { ErrorNotice } from './ErrorNotice.tsx';

export interface PromptQuestion {
  title: string;
  label: string;
  description?: string;
  /** The verb on the button: "Create". */
  action: string;
  initial?: string;
  /** Why this text cannot be used; undefined where it can. */
  problem?(text: string): string | undefined;
  /** Does it; the dialog stays, with the error, until this works. */
  submit(text: string): Promise<unknown>;
}

const PromptContext = createContext<((question: PromptQuestion) => void) | null>(null);

/** Asks for one name and does something with it; what goes wrong is said in the same place. */
export function usePrompt(): (question: PromptQuestion) => void {
  const prompt = useContext(PromptContext);
  if (!prompt) throw new Error('usePrompt is used outside PromptProvider.');
  return prompt;
}

function Prompt({ question, onClose }: { question: PromptQuestion; onClose(): void }) {
  const { t } = useTranslation('window');
  const [text, setText] = useState(question.initial ?? '');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const problem = text ? question.problem?.(text) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!text || problem) return;
    setBusy(true);
    setError(null);
    question.submit(text).then(onClose, (reason: unknown) => {
      setBusy(false);
      setError(reason);
    });
  };
  return (
    <Modal opened onClose={onClose} title={question.title} size="md" closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          label={question.label}
          description={question.description}
          value={text}
          error={problem}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {error !== null && <ErrorNotice error={toAppError(error)} />}
        <Group justify="flex-end" gap={8} mt={16}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={!text || problem !== undefined}>
            {question.action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

export function PromptProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<PromptQuestion | null>(null);
  const ask = useCallback((next: PromptQuestion) => setQuestion(next), []);
  return (
    <PromptContext value={ask}>
      {children}
      {question && <Prompt question={question} onClose={() => setQuestion(null)} />}
    </PromptContext>
  );
}
