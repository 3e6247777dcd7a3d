import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import type { AppError } from '../../../shared/errors.ts';
import styles from './catalog.module.css';

/** A name typed above the tree; Enter creates the database, Escape does not. */
export function NewDatabase({ connectionId, onDone }: { connectionId: string; onDone(made: boolean): void }) {
  const { t } = useTranslation('catalog');
  const client = useClient();
  const [name, setName] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return;
    client.catalog.createDatabase({ connectionId, database: name.trim() }).then(
      () => onDone(true),
      (reason: unknown) => setError(toAppError(reason)),
    );
  };
  return (
    <form className={styles.newDatabase} onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && !event.nativeEvent.isComposing && onDone(false)}>
      <input ref={field} type="text" aria-label={t('newDatabaseName')} placeholder={t('newDatabaseName')} value={name} spellCheck={false} onChange={(event) => setName(event.target.value)} />
      {error && <ErrorNotice error={error} compact />}
    </form>
  );
}
