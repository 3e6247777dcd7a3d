import { IconFile, IconFileSpreadsheet, IconFileText, IconFileZip, IconFolder, IconPhoto, IconTable, type Icon } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatDate } from '../../ui/format.ts';
import type { Listing } from './listing.ts';
import { isFolder, rowName, visibleName } from './listingView.ts';
import styles from './ObjectsGrid.module.css';

interface Props {
  id: string;
  listing: Listing;
  row: number;
  /** Zero-based place in the shown order. */
  index: number;
  /** px from the body's top. */
  top: number;
  selected: boolean;
  focused: boolean;
  onClick(event: MouseEvent): void;
  onDoubleClick(): void;
  onContextMenu(event: MouseEvent): void;
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

export function ObjectRow({ id, listing, row, index, top, selected, focused, onClick, onDoubleClick, onContextMenu }: Props) {
  const { t } = useTranslation('objects');
  const key = listing.keys[row] ?? '';
  const folder = isFolder(listing, row);
  const name = visibleName(rowName(key, listing.place.prefix));
  const RowIcon = folder ? IconFolder : (iconsByEnding[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? IconFile);
  const storageClass = listing.storageClasses[row] ?? '';
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
    >
      <span role="gridcell" className={`${styles.cell} ${styles.name}`} title={name}>
        <RowIcon size={15} stroke={1.7} aria-hidden />
        <span className="ellipsis">{name}</span>
      </span>
      <span role="gridcell" className={`${styles.cell} numeric`}>
        {folder ? '' : formatBytes(listing.sizes[row] ?? 0)}
      </span>
      <span role="gridcell" className={`${styles.cell} ${styles.date}`}>
        {formatDate(listing.modified[row])}
      </span>
      <span role="gridcell" className={`${styles.cell} ${styles.quiet}`}>
        {folder ? t('folder') : t(`storageClass.${storageClass}`, { defaultValue: storageClass })}
      </span>
    </div>
  );
}
