import { useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { bytesOf, hexRow, WIDTH } from './hexDump.ts';
import { NumberField } from './NumberField.tsx';
import styles from './PreviewPane.module.css';
import type { ViewProps } from './previewTypes.ts';

/** Bytes asked for at once, when they scroll into view. */
const BLOCK = 16 * 1024;
/** Rows one scroll bar goes over: browsers draw nothing taller. Beyond, "go to byte" moves the window. */
const MOST_ROWS = 1_000_000;
const ROW = 18;

/** Bytes as they are. Those that scroll into view are read. */
export function HexView({ at, preview, name, onCost }: ViewProps<'hex'>) {
  const { t } = useTranslation('preview');
  const client = useClient();
  const scroller = useRef<HTMLPreElement>(null);
  const [base, setBase] = useState(0);
  const head = useRef(bytesOf(preview.data)).current;
  const { pages, reason, cost } = preview;
  const size = pages ? cost.size : head.length;
  const rows = Math.min(MOST_ROWS, Math.ceil((size - base) / WIDTH));
  const virtual = useVirtualizer({ count: rows, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 8 });
  const items = virtual.getVirtualItems();
  const first = base + (items[0]?.index ?? 0) * WIDTH;
  const last = Math.min(size, base + ((items.at(-1)?.index ?? 0) + 1) * WIDTH);
  const blocks: number[] = [];
  for (let block = Math.floor(first / BLOCK); pages && block * BLOCK < last; block += 1) if ((block + 1) * BLOCK > head.length && last > head.length) blocks.push(block);
  const read = useQueries({
    queries: blocks.map((block) => ({
      queryKey: ['previewBytes', at, block],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const answer = await client.preview.bytes({ ...at, start: block * BLOCK, length: BLOCK }, { signal });
        return { bytes: bytesOf(answer.data), cost: answer.cost };
      },
      staleTime: Infinity,
      gcTime: 60_000,
    })),
  });
  const latest = read.findLast(({ data }) => data)?.data?.cost;
  useEffect(() => {
    if (latest) onCost(latest);
  }, [latest, onCost]);
  const error = read.find((one) => one.error);
  const bytesAt = (start: number): Uint8Array | undefined => {
    if (start + WIDTH <= head.length || (start < head.length && head.length === size)) return head.subarray(start, start + WIDTH);
    const block = read[blocks.indexOf(Math.floor(start / BLOCK))]?.data?.bytes;
    return block?.subarray(start % BLOCK, (start % BLOCK) + WIDTH);
  };
  const goTo = (byte: number) => {
    const to = Math.min(byte, Math.max(0, size - 1));
    const inWindow = to >= base && (to - base) / WIDTH < rows;
    const next = inWindow ? base : Math.floor(to / BLOCK) * BLOCK;
    setBase(next);
    virtual.scrollToIndex(Math.floor((to - next) / WIDTH), { align: 'start' });
  };
  return (
    <>
      <div className={styles.facts}>
        <Facts facts={[[t('format'), reason ?? t('unknownFormat')]]} />
      </div>
      {pages && size > head.length && (
        <div className={styles.bar}>
          <NumberField label={t('goToByte')} onGo={goTo} />
          {base > 0 && (
            <button type="button" className={styles.link} onClick={() => goTo(0)}>
              {t('fromStart')}
            </button>
          )}
        </div>
      )}
      {error?.error && <ErrorNotice error={toAppError(error.error)} onRetry={() => void error.refetch()} />}
      <pre ref={scroller} className={styles.text} tabIndex={0} aria-label={name}>
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map(({ index, start }) => (
            <div key={index} className={styles.hexRow} style={{ transform: `translateY(${start}px)` }}>
              {hexRow(base + index * WIDTH, bytesAt(base + index * WIDTH))}
            </div>
          ))}
        </div>
      </pre>
    </>
  );
}
