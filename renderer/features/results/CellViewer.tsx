import { IconCopy, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CellPosition } from '../../grid/selection.ts';
import { copyText } from '../../ui/clipboard.ts';
import { formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { prettyValue } from './prettyValue.ts';
import styles from './results.module.css';

interface Props {
  at: CellPosition;
  columns: { name: string; type: string }[];
  /** undefined: not read yet. */
  value: string | null | undefined;
  onClose(): void;
}

/** The whole value of the cell the grid is on, nested values laid out. */
export function CellViewer({ at, columns, value, onClose }: Props) {
  const { t } = useTranslation('results');
  const column = columns[at.column];
  return (
    <aside className={styles.viewer} aria-label={t('cellViewer')}>
      <header className={styles.viewerHead}>
        <span className="ellipsis">
          <b>{column?.name}</b> <span className={styles.type}>{column?.type}</span>
        </span>
        <span className={styles.space} />
        <IconButton label={t('copy.tsv')} disabled={value === null || value === undefined} onClick={() => void copyText(value ?? '')}>
          <IconCopy size={15} />
        </IconButton>
        <IconButton label={t('close')} onClick={onClose}>
          <IconX size={15} />
        </IconButton>
      </header>
      <p className={styles.viewerFacts}>
        {t('rowNumber', { row: formatNumber(at.row + 1) })}
        {typeof value === 'string' && ` · ${t('characters', { count: value.length, shown: formatNumber(value.length) })}`}
      </p>
      {/* A scrolling region must be reachable by keyboard. */}
      <pre className={styles.value} tabIndex={0}>
        {value === null ? <i className={styles.quiet}>NULL</i> : value === '' ? <i className={styles.quiet}>{t('emptyTextLong')}</i> : prettyValue(value ?? '')}
      </pre>
    </aside>
  );
}
