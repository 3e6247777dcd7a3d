import { IconChevronLeft, IconChevronRight, IconCopy } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useMessages } from '../../app/messages.tsx';
import { copyText as asText } from '../../grid/copyFormats.ts';
import { copyText } from '../../ui/clipboard.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { ColumnChooser } from './ColumnChooser.tsx';
import { NumberField } from './NumberField.tsx';
import styles from './PreviewPane.module.css';
import { MOST_COLUMNS, PreviewTable } from './PreviewTable.tsx';
import type { ViewProps } from './previewTypes.ts';

const PAGE = 100;

/** Rows by hundreds: the first ones as they came; of Parquet any others, read by the ranges they are in. */
export function TableRows({ at, preview, name, onCost, ranged }: ViewProps<'table'> & { ranged: boolean }) {
  const { t } = useTranslation('preview');
  const client = useClient();
  const messages = useMessages();
  const [start, setStart] = useState(0);
  const [chosen, setChosen] = useState<readonly number[] | null>(null);
  const all = preview.columns.map((_, column) => column);
  const shown = (chosen ?? all).slice(0, MOST_COLUMNS);
  const total = preview.totalRows ?? 0;
  const elsewhere = ranged && start > 0;
  const names = shown.map((column) => preview.columns[column]!.name);
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['previewRows', at, start, names],
    queryFn: ({ signal }) => client.preview.rows({ ...at, start, count: PAGE, columns: names }, { signal }),
    enabled: elsewhere,
    placeholderData: keepPreviousData,
  });
  const cost = elsewhere ? data?.cost : undefined;
  useEffect(() => {
    if (cost) onCost(cost);
  }, [cost, onCost]);
  const rows = elsewhere ? data : { columns: preview.columns, cells: preview.cells, start: 0, skipped: [] };
  const columns = elsewhere ? (data?.columns.map((_, column) => column) ?? []) : shown;
  const last = Math.min(total, (rows?.start ?? start) + (rows?.cells[0]?.length ?? 0));
  const go = (row: number) => setStart(Math.max(0, Math.min(Math.floor(row), total - 1)));
  const copy = () => {
    if (!rows) return;
    const text = asText({ columns: columns.map((column) => rows.columns[column]!), cells: columns.map((column) => rows.cells[column] ?? []) }, 'tsvWithHeaders');
    void copyText(text).then(() => messages.notify(t('copiedRows', { count: rows.cells[0]?.length ?? 0 }), 'success'), messages.error);
  };
  return (
    <>
      <div className={styles.bar} role="toolbar" aria-label={t('rowsBar')}>
        {ranged && total > PAGE && (
          <>
            <IconButton label={t('rowsBefore')} disabled={start === 0} onClick={() => go(start - PAGE)}>
              <IconChevronLeft size={15} />
            </IconButton>
            <span className={styles.quiet} aria-live="polite">
              {t('rowRange', { first: formatNumber((rows?.start ?? start) + 1), last: formatNumber(last), total: formatNumber(total) })}
            </span>
            <IconButton label={t('rowsAfter')} disabled={start + PAGE >= total} onClick={() => go(start + PAGE)}>
              <IconChevronRight size={15} />
            </IconButton>
            <NumberField label={t('goToRow')} onGo={(row) => go(row - 1)} />
          </>
        )}
        <ColumnChooser columns={preview.columns} chosen={shown} onChoose={setChosen} />
        <IconButton label={t('copyRows')} onClick={copy}>
          <IconCopy size={15} />
        </IconButton>
        {isFetching && <span className={styles.quiet}>{t('reading')}</span>}
      </div>
      {preview.columns.length > shown.length && chosen === null && <p className={styles.note}>{t('columnsOf', { shown: formatNumber(shown.length), all: formatNumber(preview.columns.length) })}</p>}
      {elsewhere && data && data.skipped.length > 0 && <p className={styles.note}>{t('skippedColumns', { names: data.skipped.slice(0, 10).join(', ') })}</p>}
      {elsewhere && error && <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} />}
      {rows && !(elsewhere && error) && <PreviewTable columns={rows.columns} cells={rows.cells} start={rows.start} shown={columns} label={name} />}
    </>
  );
}
