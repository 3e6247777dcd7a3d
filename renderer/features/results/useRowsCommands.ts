import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import type { CopyFormat } from '../../grid/copyFormats.ts';
import type { ResultGridHandle } from '../../grid/ResultGrid.tsx';
import type { Panel } from './RowsArea.tsx';
import type { Selected } from './selected.ts';
import type { View } from './useView.ts';
import { everything, isEverything } from './wanted.ts';

interface Options {
  grid: RefObject<ResultGridHandle | null>;
  search: RefObject<HTMLInputElement | null>;
  copy(format: CopyFormat): void;
  formats: CopyFormat[];
  selected: Selected | null;
  ready: boolean;
  view: View;
  toggle(panel: Panel): void;
  askRow(): void;
}

/** All that can be done with rows, in the palette and on keys. */
export function useRowsCommands({ grid, search, copy, formats, selected, ready, view, toggle, askRow }: Options): void {
  const { t } = useTranslation('results');
  const group = t('group');
  const some = selected !== null;
  useCommands([
    { id: 'results.goToRow', title: t('goToRow'), keys: 'mod+g', group, run: askRow },
    { id: 'results.focus', title: t('focusGrid'), keys: 'alt+2', group, run: () => grid.current?.focus() },
    { id: 'results.viewer', title: t('viewCell'), keys: 'alt+3', group, run: () => toggle('cell') },
    { id: 'results.record', title: t('panel.record'), keys: 'alt+4', group, run: () => toggle('record') },
    { id: 'results.columns', title: t('panel.columns'), group, run: () => toggle('columns') },
    { id: 'results.profile', title: t('profile.run'), group, enabled: ready, run: () => toggle('profile') },
    { id: 'results.autoSize', title: t('columns.autoSize'), group, run: () => grid.current?.autoSize() },
    { id: 'results.search', title: t('view.search'), keys: 'mod+shift+f', group, enabled: ready, run: () => search.current?.focus() },
    { id: 'results.filter', title: t('filter.command'), keys: 'mod+shift+l', group, enabled: ready, run: () => grid.current?.openFilter() },
    { id: 'results.clearFilters', title: t('view.clear'), group, enabled: ready && !isEverything(view.wanted), run: () => view.setWanted(everything) },
    { id: 'results.cancelView', title: t('view.cancelCommand'), group, enabled: view.making !== null, run: view.cancel },
    { id: 'results.nextRecord', title: t('record.next'), keys: 'alt+pagedown', group, enabled: some, run: () => grid.current?.moveRows(1) },
    { id: 'results.previousRecord', title: t('record.previous'), keys: 'alt+pageup', group, enabled: some, run: () => grid.current?.moveRows(-1) },
    { id: 'results.copyWithHeaders', title: t('copy.tsvWithHeaders'), keys: 'mod+shift+c', group, enabled: some, run: () => copy('tsvWithHeaders') },
    ...formats.map((format) => ({ id: `results.copy.${format}`, title: t(`copy.${format}`), group, enabled: some, run: () => copy(format) })),
  ]);
}
