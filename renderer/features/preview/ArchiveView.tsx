import { IconArrowLeft, IconFile, IconFolder, IconLink } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArchiveEntry, ArchivePage } from '../../../shared/contract/preview.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { formatBytes, formatDate, formatNumber } from '../../ui/format.ts';
import { visibleName } from '../objects/listingView.ts';
import styles from './PreviewPane.module.css';
import type { OpenEntry, ViewProps } from './previewTypes.ts';

const ROW = 25;
const ICONS = { file: IconFile, folder: IconFolder, link: IconLink, other: IconFile };

/** What an archive holds; Enter shows an entry's beginning. */
export function ArchiveView({ at, preview, name, onCost, onEntry }: ViewProps<'archive'> & { onEntry: OpenEntry }) {
  const { t } = useTranslation('preview');
  const client = useClient();
  const messages = useMessages();
  const [list, setList] = useState<ArchivePage>(preview);
  const [reading, setReading] = useState(false);
  const [focus, setFocus] = useState(0);
  const alive = useRef(new AbortController());
  useEffect(() => {
    const controller = (alive.current = new AbortController());
    return () => controller.abort();
  }, []);
  const scroller = useRef<HTMLDivElement>(null);
  const { entries, next, total, partial } = list;
  const virtual = useVirtualizer({ count: entries.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 10 });
  const more = () => {
    if (next === undefined || reading) return;
    setReading(true);
    client.preview
      .entries({ ...at, from: next }, { signal: alive.current.signal })
      .then(({ cost, ...page }) => {
        onCost(cost);
        setList((before) => ({ ...page, entries: [...before.entries, ...page.entries] }));
      })
      .catch((error: unknown) => alive.current.signal.aborted || messages.error(error))
      .finally(() => setReading(false));
  };
  const open = (entry: ArchiveEntry | undefined) => entry?.kind === 'file' && !entry.sealed && onEntry(entry);
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 250) / ROW) - 1);
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -entries.length, End: entries.length };
    if (event.key === 'Enter') open(entries[focus]);
    else if (moves[event.key] !== undefined) {
      const to = Math.max(0, Math.min(entries.length - 1, focus + moves[event.key]!));
      setFocus(to);
      virtual.scrollToIndex(to);
    } else return;
    event.preventDefault();
  };
  const count = total === undefined ? t('entriesListed', { count: entries.length, shown: formatNumber(entries.length) }) : t('entries', { count: total, shown: formatNumber(total) });
  const optionId = (index: number) => `${name}-entry-${index}`.replace(/\s/g, '_');
  return (
    <>
      <div className={styles.facts}>
        <Facts facts={[[t('format'), [preview.format === 'zip' ? 'ZIP' : 'tar', preview.compression].filter(Boolean).join(' · ')], [t('holds'), count]]} />
      </div>
      {partial && <p className={styles.note}>{t(`partial.${partial}`)}</p>}
      <div ref={scroller} className={styles.scroll} role="listbox" tabIndex={0} aria-label={t('entriesOf', { name })} aria-activedescendant={entries.length > 0 ? optionId(focus) : undefined} onKeyDown={onKeyDown}>
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const entry = entries[index]!;
            const Icon = ICONS[entry.kind];
            const why = entry.sealed ? t(`sealed.${entry.sealed}`) : entry.kind === 'file' ? undefined : t(`entryKind.${entry.kind}`);
            return (
              <div
                key={index}
                id={optionId(index)}
                role="option"
                aria-selected={index === focus}
                aria-disabled={why !== undefined}
                className={styles.entry}
                style={{ transform: `translateY(${start}px)` }}
                title={why ?? entry.name}
                onClick={() => (setFocus(index), open(entry))}
              >
                <Icon size={14} aria-hidden />
                <span className="ellipsis">{visibleName(entry.name)}</span>
                <span className={styles.quiet}>{entry.kind === 'file' ? formatBytes(entry.size) : (why ?? '')}</span>
                <span className={styles.quiet}>{formatDate(entry.modified)}</span>
              </div>
            );
          })}
        </div>
      </div>
      {next !== undefined && (
        <p className={styles.note}>
          <button type="button" className={styles.link} disabled={reading} onClick={more}>
            {reading ? t('reading') : t('moreEntries')}
          </button>
        </p>
      )}
    </>
  );
}

/** Where one is inside an archive, and the way back. */
export function EntryPath({ archive, entry, onBack }: { archive: string; entry: string; onBack(): void }) {
  const { t } = useTranslation('preview');
  return (
    <p className={styles.entryPath}>
      <button type="button" className={styles.link} onClick={onBack}>
        <IconArrowLeft size={13} aria-hidden /> {t('backTo', { name: archive })}
      </button>
      <span className="ellipsis" title={entry}>
        {visibleName(entry)}
      </span>
    </p>
  );
}
