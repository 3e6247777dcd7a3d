import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMessages } from '../../app/messages.tsx';
import { copyText as asText, type CopyFormat } from '../../grid/copyFormats.ts';
import { cellCount } from '../../grid/selection.ts';
import { copyText } from '../../ui/clipboard.ts';
import type { MenuEntry } from '../../ui/ContextMenu.tsx';
import { formatNumber } from '../../ui/format.ts';
import { selectedColumns, type Selected } from './selected.ts';

/** More than this belongs into an export, not into a clipboard. */
const mostCells = 500_000;

const formats: CopyFormat[] = ['csv', 'json', 'markdown', 'inList', 'insert'];

/** Copying the selected cells, and the menu that offers it. */
export function useCopy(columns: { name: string; type: string }[], selected: Selected | null) {
  const { t } = useTranslation('results');
  const messages = useMessages();
  const copy = useCallback(
    (format: CopyFormat) => {
      if (!selected) return;
      const { area, pages } = selected;
      if (cellCount(area) > mostCells) {
        messages.notify(t('copy.tooMany', { cells: formatNumber(cellCount(area)), most: formatNumber(mostCells) }), 'warning');
        return;
      }
      const places = selectedColumns(selected);
      pages
        .range(area.top, area.bottom, places)
        .then((cells) => copyText(asText({ columns: places.map((place) => columns[place]!), cells }, format)))
        .then(() => messages.notify(t('copy.done', { count: cellCount(area), shown: formatNumber(cellCount(area)) }), 'success'))
        .catch(messages.error);
    },
    [selected, columns, messages, t],
  );
  const entries = useMemo<MenuEntry[]>(() => {
    const entry = (format: CopyFormat, keys?: string): MenuEntry => ({ label: t(`copy.${format}`), keys, disabled: selected ? undefined : t('copy.nothing'), run: () => copy(format) });
    return [entry('tsv', 'mod+c'), entry('tsvWithHeaders', 'mod+shift+c'), ...formats.map((format) => entry(format))];
  }, [copy, selected, t]);
  return { copy, entries, formats };
}
