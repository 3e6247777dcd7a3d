import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMessages } from '../../app/messages.tsx';
import { copyText as asText, type CopyFormat } from '../../grid/copyFormats.ts';
import type { PageCache } from '../../grid/pageCache.ts';
import { cellCount, rectangleOf, type Selection } from '../../grid/selection.ts';
import { copyText } from '../../ui/clipboard.ts';
import type { MenuEntry } from '../../ui/ContextMenu.tsx';
import { formatNumber } from '../../ui/format.ts';

/** More than this belongs into an export, not into a clipboard. */
const mostCells = 500_000;

/** Copying the selected cells, and the menu that offers it. */
export function useCopy(columns: { name: string; type: string }[], selected: { selection: Selection; pages: PageCache } | null) {
  const { t } = useTranslation('results');
  const messages = useMessages();
  const copy = useCallback(
    (format: CopyFormat) => {
      if (!selected) return;
      const area = rectangleOf(selected.selection);
      if (cellCount(area) > mostCells) {
        messages.notify(t('copy.tooMany', { cells: formatNumber(cellCount(area)), most: formatNumber(mostCells) }), 'warning');
        return;
      }
      selected.pages
        .range(area.top, area.bottom, area.left, area.right)
        .then((cells) => copyText(asText({ columns: columns.slice(area.left, area.right + 1), cells }, format)))
        .then(() => messages.notify(t('copy.done', { count: cellCount(area), shown: formatNumber(cellCount(area)) }), 'success'))
        .catch(messages.error);
    },
    [selected, columns, messages, t],
  );
  const entries = useMemo<MenuEntry[]>(() => {
    const entry = (format: CopyFormat, keys?: string): MenuEntry => ({ label: t(`copy.${format}`), keys, disabled: selected ? undefined : t('copy.nothing'), run: () => copy(format) });
    return [entry('tsv', 'mod+c'), entry('tsvWithHeaders', 'mod+shift+c'), 'separator', entry('csv'), entry('json'), entry('inList')];
  }, [copy, selected, t]);
  return { copy, entries };
}
