import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import styles from './catalog.module.css';

interface Props {
  label: string;
  /** CSS grid tracks: `48px 2fr 1fr`. */
  tracks: string;
  head: ReactNode[];
  rows: number;
  row(index: number): ReactNode[];
  /** Called when the last rows come into view. */
  onEnd?: (() => void) | undefined;
  foot?: ReactNode;
}

const rowHeight = 25;

/** Rows of any number, of which only those in view are drawn; the arrow and page keys scroll it. */
export function VirtualTable({ label, tracks, head, rows, row, onEnd, foot }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 10 });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (onEnd && last >= rows - 1) onEnd();
  }, [last, rows, onEnd]);
  const style = { gridTemplateColumns: tracks };
  return (
    <div ref={scroller} className={styles.scroller} tabIndex={0} role="table" aria-label={label} aria-rowcount={rows + 1}>
      <div role="row" aria-rowindex={1} className={`${styles.row} ${styles.head}`} style={style}>
        {head.map((cell, index) => (
          <span role="columnheader" key={index}>
            {cell}
          </span>
        ))}
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, start }) => (
          <div key={index} role="row" aria-rowindex={index + 2} className={`${styles.row} ${styles.virtual}`} style={{ ...style, transform: `translateY(${start}px)` }}>
            {row(index).map((cell, at) => (
              <span role="cell" key={at} className="ellipsis">
                {cell}
              </span>
            ))}
          </div>
        ))}
      </div>
      {foot}
    </div>
  );
}
