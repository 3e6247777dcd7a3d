import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import type { CommonValues } from './common.ts';
import { withChange, type AddedPair, type PairDraft } from './draft.ts';
import styles from './objectDetails.module.css';
import { ValueRow } from './ValueRow.tsx';

interface Props {
  title: string;
  add: string;
  empty: string;
  /** Said beside the title, e.g. how much of a limit is used. */
  used?: ReactNode;
  /** null: not read. */
  now: CommonValues | null;
  draft: PairDraft;
  disabled: boolean;
  onDraft(draft: PairDraft): void;
}

/** Names with values that people chose: metadata, tags. */
export function PairFields({ title, add, empty, used, now, draft, disabled, onDraft }: Props) {
  const { t } = useTranslation('objectDetails');
  const { changes, added } = draft;
  const names = Object.keys(now ?? {});
  const put = (id: number, some: Partial<AddedPair>) => onDraft({ ...draft, added: added.map((pair) => (pair.id === id ? { ...pair, ...some } : pair)) });
  const addOne = () => onDraft({ ...draft, added: [...added, { id: Math.max(0, ...added.map(({ id }) => id)) + 1, name: '', value: '', remove: false }] });
  return (
    <section className={styles.section} aria-label={title}>
      <h3>
        {title}
        {used && <span className={styles.used}>{used}</span>}
      </h3>
      {names.length === 0 && added.length === 0 && <p className={styles.quiet}>{now === null ? t('notRead') : empty}</p>}
      {names.map((name) => (
        <ValueRow key={name} label={name} now={now![name]} change={changes[name]} unread={false} disabled={disabled} onChange={(value) => onDraft({ ...draft, changes: withChange(changes, now!, name, value) })} />
      ))}
      {added.map(({ id, name, value, remove }, at) => (
        <div key={id} className={styles.row} data-changed>
          <input className={styles.input} aria-label={t('nameOf', { title, number: at + 1 })} placeholder={t('name')} value={name} disabled={disabled} spellCheck={false} autoFocus={name === ''} onChange={(event) => put(id, { name: event.currentTarget.value })} />
          <span className={styles.pairValue}>
            {now === null && (
              <select className={styles.input} aria-label={t('whatToDo', { title, number: at + 1 })} value={remove ? 'remove' : 'set'} disabled={disabled} onChange={(event) => put(id, { remove: event.currentTarget.value === 'remove' })}>
                <option value="set">{t('set')}</option>
                <option value="remove">{t('takeOff')}</option>
              </select>
            )}
            {!remove && <input className={styles.input} aria-label={t('valueOf', { title, number: at + 1 })} placeholder={t('value')} value={value} disabled={disabled} spellCheck={false} onChange={(event) => put(id, { value: event.currentTarget.value })} />}
          </span>
          <IconButton label={t('remove', { name: name || t('name') })} onClick={() => onDraft({ ...draft, added: added.filter((pair) => pair.id !== id) })}>
            <IconX size={15} />
          </IconButton>
        </div>
      ))}
      <ToolButton icon={<IconPlus size={15} />} disabled={disabled} onClick={addOne}>
        {add}
      </ToolButton>
    </section>
  );
}
