import { IconAlertTriangle, IconChevronDown, IconChevronRight, IconDots } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorData } from '../../shared/errors.ts';
import { needsSignIn } from '../app/signIn.ts';
import styles from './Tree.module.css';
import type { TreeRow } from './treeRows.ts';

interface Props<T> {
  id: string;
  row: TreeRow<T>;
  /** px from the tree's top. */
  top: number;
  focused: boolean;
  selected: boolean;
  emptyText: string;
  onClick(): void;
  onDoubleClick(): void;
  onToggle(): void;
  onContextMenu(event: MouseEvent): void;
}

const INDENT = 16;

export function TreeRowView<T>({ id, row, top, focused, selected, emptyText, onClick, onDoubleClick, onToggle, onContextMenu }: Props<T>) {
  const { t } = useTranslation('window');
  const errorText = (error: AppErrorData) => {
    if (needsSignIn(error)) return t('tree.signedOut');
    return error.code === 'AccessDenied' && error.action ? t('tree.denied', { action: error.action }) : error.message;
  };
  const style = { transform: `translateY(${top}px)`, paddingLeft: 8 + (row.level - 1) * INDENT };
  const common = { id, style, onClick, 'aria-level': row.level, className: `${styles.row} ${focused ? styles.focused : ''} ${selected ? styles.selected : ''}` };
  if (row.kind !== 'item') {
    return (
      <div role="treeitem" aria-selected={false} {...common}>
        <span className={styles.chevron} />
        {row.kind === 'loading' && <span className={styles.quiet}>{t('tree.loading')}</span>}
        {row.kind === 'empty' && <span className={styles.quiet}>{emptyText}</span>}
        {row.kind === 'more' && (
          <span className={styles.more}>
            <IconDots size={15} aria-hidden /> {t('tree.more')}
          </span>
        )}
        {row.kind === 'error' && (
          <span className={styles.error} title={[row.error.message, row.error.detail].filter(Boolean).join('\n')}>
            <IconAlertTriangle size={14} aria-hidden />
            <span className="ellipsis">{errorText(row.error)}</span>
            <span className={styles.retry}>{t('error.retry')}</span>
          </span>
        )}
      </div>
    );
  }
  const { item, expanded } = row;
  const Chevron = expanded ? IconChevronDown : IconChevronRight;
  return (
    <div
      role="treeitem"
      aria-selected={selected}
      aria-expanded={item.expandable ? expanded : undefined}
      aria-posinset={row.position}
      aria-setsize={row.size}
      aria-label={item.label}
      aria-description={typeof item.note === 'string' ? item.note : undefined}
      onDoubleClick={onDoubleClick}
      onContextMenu={onContextMenu}
      {...common}
    >
      <span
        className={styles.chevron}
        onClick={(event) => {
          event.stopPropagation();
          if (item.expandable) onToggle();
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        {item.expandable && <Chevron size={15} aria-hidden />}
      </span>
      {item.icon && <span className={styles.icon}>{item.icon}</span>}
      <span className={`${styles.label} ellipsis`} title={item.label}>
        {item.label}
      </span>
      {/* Drawn by the style sheet: the row's name is its label, the note its description. */}
      {typeof item.note === 'string' && <span className={styles.note} data-note={item.note} aria-hidden />}
      {item.note !== undefined && typeof item.note !== 'string' && <span className={styles.note}>{item.note}</span>}
    </div>
  );
}
