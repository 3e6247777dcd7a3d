import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './PreviewPane.module.css';
import { useFind } from './useFind.ts';

/** Finds text in what the preview shows. Enter goes to the next place, Escape ends. */
export function FindBar({ root, content, onClose }: { root: RefObject<HTMLElement | null>; content: unknown; onClose(): void }) {
  const { t } = useTranslation('preview');
  const [wanted, setWanted] = useState('');
  const { count, current, step } = useFind(root, wanted, content);
  return (
    <div className={styles.bar} role="search" aria-label={t('find')}>
      <input
        type="text"
        className={styles.findField}
        aria-label={t('find')}
        placeholder={t('find')}
        value={wanted}
        spellCheck={false}
        autoFocus
        onChange={(event) => setWanted(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape') onClose();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span className={styles.quiet} aria-live="polite">
        {wanted === '' ? '' : count === 0 ? t('notFound') : t('foundOf', { at: formatNumber(current + 1), all: formatNumber(count) })}
      </span>
      <IconButton label={t('findBefore')} disabled={count === 0} onClick={() => step(-1)}>
        <IconChevronUp size={15} />
      </IconButton>
      <IconButton label={t('findNext')} disabled={count === 0} onClick={() => step(1)}>
        <IconChevronDown size={15} />
      </IconButton>
      <IconButton label={t('endFind')} onClick={onClose}>
        <IconX size={15} />
      </IconButton>
    </div>
  );
}
