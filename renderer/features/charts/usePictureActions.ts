import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useMessages } from '../../app/messages.tsx';
import type { ChartHandle } from '../../charts/Chart.tsx';
import { chartTable, tableTsv } from '../../charts/chartTable.ts';
import { copyText } from '../../ui/clipboard.ts';
import { safeFileName, saveBlob } from '../../ui/saveBlob.ts';
import type { Computed } from './useChart.ts';

/** A chart as a file or on the clipboard. */
export function usePictureActions(chart: React.RefObject<ChartHandle | null>, { data, spec }: Pick<Computed, 'data' | 'spec'>, name: string) {
  const { t } = useTranslation('charts');
  const messages = useMessages();
  const save = useCallback(
    (format: 'png' | 'svg') => {
      chart.current?.[format]().then((blob) => saveBlob(blob, safeFileName(spec?.title ?? name, format)), messages.error);
    },
    [chart, spec?.title, name, messages],
  );
  const copyPicture = useCallback(() => {
    const picture = chart.current?.png();
    if (!picture) return;
    // The promise itself: some browsers want the write to begin in the user's action.
    navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]).then(() => messages.notify(t('copied.picture'), 'success'), messages.error);
  }, [chart, messages, t]);
  const copyData = useCallback(() => {
    if (!data || !spec) return;
    copyText(tableTsv(chartTable(data, spec, t))).then(() => messages.notify(t('copied.data'), 'success'), messages.error);
  }, [data, spec, t, messages]);
  return { save, copyPicture, copyData };
}
