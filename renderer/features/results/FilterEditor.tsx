import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { IconSortAscending, IconSortDescending } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColumnFilter } from '../../../shared/contract/resultViews.ts';
import { filterKind } from '../../grid/cellTypes.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import { conditionsOf, draftOf, filterOf, type Condition } from './filterDraft.ts';
import styles from './filter.module.css';
import { ValueChoice } from './ValueChoice.tsx';

interface Props {
  runId: string;
  viewId: string | undefined;
  place: number;
  column: { name: string; type: string };
  /** Of this column. */
  filters: ColumnFilter[];
  sort: 'asc' | 'desc' | undefined;
  onSort(direction: 'asc' | 'desc' | undefined): void;
  onApply(filters: ColumnFilter[]): void;
}

const examples: Record<string, string> = { date: '2001-01-31', time: '09:30', timestamp: '2001-01-31 09:30:00' };

/** What a column's cells must be: by range, text, choice or NULL. Enter applies it. */
export function FilterEditor({ runId, viewId, place, column, filters, sort, onSort, onApply }: Props) {
  const { t } = useTranslation('results');
  const kind = filterKind(column.type);
  const [draft, setDraft] = useState(() => draftOf(filters, kind));
  const filter = filterOf(draft, place);
  const apply = () => onApply(filter ? [filter] : []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    apply();
  };
  const isText = !['range', 'in', 'null'].includes(draft.condition);
  const example = examples[/^[a-z]+/i.exec(column.type)?.[0]?.toLowerCase() ?? ''];
  return (
    <div className={styles.editor} onKeyDown={onKeyDown}>
      <header className={styles.head}>
        <span className="ellipsis">
          <b>{column.name}</b> <span className={styles.type}>{column.type}</span>
        </span>
        <span className={styles.space} />
        <IconButton label={t('sort.ascending')} pressed={sort === 'asc'} onClick={() => onSort(sort === 'asc' ? undefined : 'asc')}>
          <IconSortAscending size={15} />
        </IconButton>
        <IconButton label={t('sort.descending')} pressed={sort === 'desc'} onClick={() => onSort(sort === 'desc' ? undefined : 'desc')}>
          <IconSortDescending size={15} />
        </IconButton>
      </header>
      <div className={styles.form}>
        <div className={styles.row}>
          <NativeSelect
            className={styles.grow}
            size="xs"
            aria-label={t('filter.condition')}
            value={draft.condition}
            onChange={(event) => setDraft({ ...draft, condition: event.currentTarget.value as Condition })}
            data={conditionsOf(kind).map((value) => ({ value, label: t(`filter.conditions.${value}`) }))}
          />
          <Checkbox size="xs" checked={draft.not} onChange={(event) => setDraft({ ...draft, not: event.currentTarget.checked })} label={t('filter.not')} />
        </div>
        {isText && (
          <>
            <TextInput data-autofocus size="xs" aria-label={t('filter.text')} placeholder={draft.condition === 'regex' ? '^A.*[0-9]$' : undefined} value={draft.text} spellCheck={false} autoComplete="off" onChange={(event) => setDraft({ ...draft, text: event.currentTarget.value })} />
            <Checkbox size="xs" checked={draft.matchCase} onChange={(event) => setDraft({ ...draft, matchCase: event.currentTarget.checked })} label={t('filter.matchCase')} />
          </>
        )}
        {draft.condition === 'range' && (
          <div className={styles.row}>
            <TextInput data-autofocus className={styles.grow} size="xs" aria-label={t('filter.from')} placeholder={example ?? t('filter.from')} value={draft.from} autoComplete="off" onChange={(event) => setDraft({ ...draft, from: event.currentTarget.value })} />
            <span aria-hidden>…</span>
            <TextInput className={styles.grow} size="xs" aria-label={t('filter.to')} placeholder={example ?? t('filter.to')} value={draft.to} autoComplete="off" onChange={(event) => setDraft({ ...draft, to: event.currentTarget.value })} />
          </div>
        )}
        {draft.condition === 'in' && <ValueChoice runId={runId} viewId={viewId} place={place} chosen={draft.values} onChoose={(values) => setDraft({ ...draft, values })} />}
      </div>
      <footer className={styles.foot}>
        <ToolButton disabled={filters.length === 0} onClick={() => onApply([])}>
          {t('filter.clear')}
        </ToolButton>
        <ToolButton primary onClick={apply}>
          {t('filter.apply')}
        </ToolButton>
      </footer>
    </div>
  );
}
