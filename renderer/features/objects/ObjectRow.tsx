import { IconFile, IconFileSpreadsheet, IconFileText, IconFileZip, IconFolder, IconPhoto, IconTable, type Icon } from '@tabler/icons-react';
import type { DragEvent, MouseEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatDate, formatNumber } from '../../ui/format.ts';
import type { Listing } from './listing.ts';
import { visibleName, type SortColumn } from './listingView.ts';
import styles from './ObjectsGrid.module.css';

interface Props {
  id: string;
  listing: Listing;
  row: number;
  columns: readonly SortColumn[];
  /** Zero-based place in the shown order. */
  index: number;
  /** px from the body's top. */
  top: number;
  selected: boolean;
  focused: boolean;
  onClick(event: MouseEvent): void;
  onDoubleClick(): void;
  onContextMenu(event: MouseEvent): void;
  onDragStart(event: DragEvent): void;
}

const iconsByEnding: Record<string, Icon> = {
  parquet: IconTable,
  orc: IconTable,
  avro: IconTable,
  csv: IconFileSpreadsheet,
  tsv: IconFileSpreadsheet,
  txt: IconFileText,
  md: IconFileText,
  json: IconFileText,
  jsonl: IconFileText,
  log: IconFileText,
  gz: IconFileZip,
  zip: IconFileZip,
  zst: IconFileZip,
  bz2: IconFileZip,
  png: IconPhoto,
  jpg: IconPhoto,
  jpeg: IconPhoto,
  gif: IconPhoto,
  webp: IconPhoto,
  svg: IconPhoto,
};

/** Bytes of an object; of a folder what was counted, `…` while it still is, `≥` where it was stopped. */
function sizeText(listing: Listing, row: number): string {
  const counted = listing.folderSizes.get(row);
  if (!listing.isFolder(row)) return formatBytes(listing.size(row) ?? 0);
  if (!counted) return '';
  if (counted.state === 'failed') return '!';
  return `${counted.state === 'stopped' ? '≥ ' : ''}${formatBytes(counted.bytes)}${counted.state === 'counting' ? ' …' : ''}`;
}

export function ObjectRow({ id, listing, row, columns, index, top, selected, focused, onClick, onDoubleClick, onContextMenu, onDragStart }: Props) {
  const { t } = useTranslation('objects');
  const folder = listing.isFolder(row);
  const name = visibleName(listing.name(row)) || '\u00a0';
  /** Of something found deeper: where its own name begins. */
  const inside = name.length < 2 ? 0 : name.lastIndexOf('/', name.length - 2) + 1;
  const RowIcon = folder ? IconFolder : (iconsByEnding[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? IconFile);
  const counted = listing.folderSizes.get(row);
  const cells: Record<SortColumn, () => ReactNode> = {
    name: () => (
      <span key="name" role="gridcell" className={`${styles.cell} ${styles.name}`} title={name}>
        <RowIcon size={15} stroke={1.7} aria-hidden />
        {inside > 0 && <span className={styles.path}>{name.slice(0, inside)}</span>}
        <span className="ellipsis">{name.slice(inside)}</span>
      </span>
    ),
    size: () => (
      <span key="size" role="gridcell" className={`${styles.cell} numeric ${folder ? styles.quiet : ''}`} title={counted?.error?.message ?? (counted && t('objectsInside', { count: counted.objects, objects: formatNumber(counted.objects) }))}>
        {sizeText(listing, row)}
      </span>
    ),
    modified: () => (
      <span key="modified" role="gridcell" className={`${styles.cell} ${styles.date}`}>
        {formatDate(listing.modified(row))}
      </span>
    ),
    storageClass: () => (
      <span key="storageClass" role="gridcell" className={`${styles.cell} ${styles.quiet}`}>
        {folder ? t('folder') : t(`storageClass.${listing.storageClass(row)}`, { defaultValue: listing.storageClass(row) })}
      </span>
    ),
    etag: () => (
      <span key="etag" role="gridcell" className={`${styles.cell} ${styles.quiet} mono`}>
        {listing.etags.at(row)}
      </span>
    ),
  };
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={`${styles.row} ${selected ? styles.selected : ''} ${focused ? styles.focused : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
      onContextMenu={onContextMenu}
      draggable
      onDragStart={onDragStart}
    >
      {columns.map((column) => cells[column]())}
    </div>
  );
}
