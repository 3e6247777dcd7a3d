import { Checkbox } from '@mantine/core';
import { IconArrowAutofitWidth, IconArrowRight, IconChevronDown, IconChevronUp, IconPin, IconPinnedFilled, IconRestore } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { plainLayout, type ColumnLayout } from '../../grid/columnLayout.ts';
import { FilterField } from '../../ui/FilterField.tsx';
import { formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import { SidePanel } from './SidePanel.tsx';
import styles from './sidePanel.module.css';

const rowHeight = 26;

interface Props {
  columns: { name: string; type: string }[];
  layout: ColumnLayout;
  onLayout(layout: ColumnLayout): void;
  /** Scrolls the grid to a column. */
  onShow(column: number): void;
  onAutoSize(): void;
  onClose(): void;
}

const toggled = (list: number[], column: number): number[] => (list.includes(column) ? list.filter((one) => one !== column) : [...list, column]);

/** All columns of the result, to be hidden, pinned and put in order; found by a part of their name. */
export function ColumnsPanel({ columns, layout, onLayout, onShow, onAutoSize, onClose }: Props) {
  const { t } = useTranslation('results');
  const [typed, setTyped] = useState('');
  const text = typed.trim().toLowerCase();
  const listed = layout.order.filter((column) => !text || columns[column]?.name.toLowerCase().includes(text));
  const hidden = new Set(layout.hidden);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: listed.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 10 });
  const move = (column: number, by: number) => {
    const at = listed.indexOf(column);
    const neighbour = listed[at + by];
    if (neighbour === undefined) return;
    const order = layout.order.filter((one) => one !== column);
    order.splice(order.indexOf(neighbour) + (by > 0 ? 1 : 0), 0, column);
    onLayout({ ...layout, order });
  };
  const setHidden = (hide: boolean) => {
    const others = layout.hidden.filter((column) => !listed.includes(column));
    const next = hide ? [...others, ...listed] : others;
    // At least one column stays: a grid of none cannot be got out of.
    onLayout({ ...layout, hidden: next.length >= columns.length ? next.filter((column) => column !== listed[0]) : next });
  };
  return (
    <SidePanel
      label={t('columns.title')}
      onClose={onClose}
      head={
        <>
          <b>{t('columns.title')}</b> <span className={styles.quiet}>{t('columns.shown', { shown: formatNumber(columns.length - hidden.size), all: formatNumber(columns.length) })}</span>
        </>
      }
      actions={
        <>
          <IconButton label={t('columns.autoSize')} onClick={onAutoSize}>
            <IconArrowAutofitWidth size={15} />
          </IconButton>
          <IconButton label={t('columns.reset')} onClick={() => onLayout(plainLayout(columns.length))}>
            <IconRestore size={15} />
          </IconButton>
        </>
      }
    >
      <div className={styles.tools}>
        <FilterField label={t('columns.filter')} value={typed} onChange={setTyped} />
        <ToolButton onClick={() => setHidden(false)}>{t('columns.showAll')}</ToolButton>
        <ToolButton onClick={() => setHidden(true)}>{t('columns.hideAll')}</ToolButton>
      </div>
      <div ref={scroller} className={styles.list} role="group" aria-label={t('columns.title')} tabIndex={0}>
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const place = listed[index]!;
            const { name, type } = columns[place]!;
            const pinned = layout.pinned.includes(place);
            return (
              <div
                key={place}
                className={styles.item}
                style={{ position: 'absolute', insetInline: 0, transform: `translateY(${start}px)` }}
                onKeyDown={(event) => {
                  const by = event.altKey && event.key === 'ArrowUp' ? -1 : event.altKey && event.key === 'ArrowDown' ? 1 : 0;
                  if (!by) return;
                  event.preventDefault();
                  event.stopPropagation();
                  move(place, by);
                }}
              >
                <label>
                  <Checkbox size="xs" checked={!hidden.has(place)} disabled={!hidden.has(place) && hidden.size >= columns.length - 1} onChange={() => onLayout({ ...layout, hidden: toggled(layout.hidden, place) })} />
                  <span className="ellipsis">
                    {name} <span className={styles.type}>{type}</span>
                  </span>
                </label>
                <IconButton label={t('columns.up', { name })} disabled={index === 0} onClick={() => move(place, -1)}>
                  <IconChevronUp size={14} />
                </IconButton>
                <IconButton label={t('columns.down', { name })} disabled={index === listed.length - 1} onClick={() => move(place, 1)}>
                  <IconChevronDown size={14} />
                </IconButton>
                <IconButton label={t('columns.pin', { name })} pressed={pinned} onClick={() => onLayout({ ...layout, pinned: toggled(layout.pinned, place) })}>
                  {pinned ? <IconPinnedFilled size={14} /> : <IconPin size={14} />}
                </IconButton>
                <IconButton label={t('columns.show', { name })} disabled={hidden.has(place)} onClick={() => onShow(place)}>
                  <IconArrowRight size={14} />
                </IconButton>
              </div>
            );
          })}
        </div>
      </div>
    </SidePanel>
  );
}
