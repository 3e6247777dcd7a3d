import { SegmentedControl } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PageCache } from '../../grid/pageCache.ts';
import { copyText } from '../../ui/clipboard.ts';
import { formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { cellBytes, cellImage, hexDump } from './cellBytes.ts';
import { prettyValue } from './prettyValue.ts';
import { SidePanel } from './SidePanel.tsx';
import styles from './sidePanel.module.css';
import { ValueTree } from './ValueTree.tsx';
import { valueTree } from './valueTree.ts';

type Mode = 'tree' | 'text' | 'hex' | 'image';

interface Props {
  row: number;
  /** The column's place in the result. */
  place: number;
  column: { name: string; type: string };
  pages: PageCache;
  onClose(): void;
}

/** A cell, read where it is not here; undefined until then. */
function useCell(pages: PageCache, row: number, place: number): string | null | undefined {
  const [read, setRead] = useState<{ pages: PageCache; row: number; place: number; value: string | null }>();
  useEffect(() => {
    let wanted = true;
    pages.cell(row, place).then(
      (value) => wanted && setRead({ pages, row, place, value }),
      () => undefined, // the grid says why these rows cannot be read
    );
    return () => {
      wanted = false;
    };
  }, [pages, row, place]);
  return read?.pages === pages && read.row === row && read.place === place ? read.value : pages.peek(row, place);
}

/** The whole value of the cell the grid is on: unfolded where it is nested, as text, as bytes, as a picture. */
export function CellPanel({ row, place, column, pages, onClose }: Props) {
  const { t } = useTranslation('results');
  const value = useCell(pages, row, place);
  const [wanted, setWanted] = useState<Mode | null>(null);
  const tree = useMemo(() => (value ? valueTree(value) : null), [value]);
  const image = useMemo(() => (value ? cellImage(value, column.type) : null), [value, column.type]);
  const modes: Mode[] = [...(image ? (['image'] as const) : []), ...(tree?.children ? (['tree'] as const) : []), 'text', 'hex'];
  const mode = wanted && modes.includes(wanted) ? wanted : modes[0]!;
  return (
    <SidePanel
      label={t('cellViewer')}
      onClose={onClose}
      head={
        <>
          <b>{column.name}</b> <span className={styles.type}>{column.type}</span>
        </>
      }
      actions={
        <IconButton label={t('copy.tsv')} disabled={value === null || value === undefined} onClick={() => void copyText(value ?? '')}>
          <IconCopy size={15} />
        </IconButton>
      }
    >
      <div className={styles.tools}>
        <span className={styles.quiet}>
          {t('rowNumber', { row: formatNumber(row + 1) })}
          {typeof value === 'string' && ` · ${t('characters', { count: value.length, shown: formatNumber(value.length) })}`}
        </span>
        {typeof value === 'string' && (
          <SegmentedControl size="xs" aria-label={t('cell.shownAs')} value={mode} onChange={(next) => setWanted(next as Mode)} data={modes.map((one) => ({ value: one, label: t(`cell.modes.${one}`) }))} />
        )}
      </div>
      {typeof value === 'string' && mode === 'tree' && tree ? (
        <ValueTree root={tree} />
      ) : typeof value === 'string' && mode === 'image' && image ? (
        <div className={styles.picture}>
          <img src={image} alt={t('cell.picture', { name: column.name })} />
        </div>
      ) : (
        // A scrolling region must be reachable by keyboard.
        <pre className={`${styles.value} ${mode === 'hex' && value ? styles.hex : ''}`} tabIndex={0}>
          {value === null ? (
            <i className={styles.quiet}>NULL</i>
          ) : value === '' ? (
            <i className={styles.quiet}>{t('emptyTextLong')}</i>
          ) : mode === 'hex' ? (
            hexDump(cellBytes(value ?? '', column.type))
          ) : (
            prettyValue(value ?? '')
          )}
        </pre>
      )}
    </SidePanel>
  );
}
