import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../ui/Facts.tsx';
import { formatNumber } from '../../ui/format.ts';
import { ParquetGroups } from './ParquetGroups.tsx';
import { ParquetSchema } from './ParquetSchema.tsx';
import styles from './PreviewPane.module.css';
import type { ViewProps } from './previewTypes.ts';
import { TableRows } from './TableRows.tsx';
import { ViewTabs } from './ViewTabs.tsx';

type View = 'rows' | 'schema' | 'groups';

/** A data file: its facts, its rows, and where it has them its schema and row groups. */
export function TableView(props: ViewProps<'table'> & { entry: boolean }) {
  const { preview, name, entry } = props;
  const { t } = useTranslation('preview');
  const [view, setView] = useState<View>('rows');
  const { totalRows, rowGroups, columns, compression, cells, createdBy } = preview;
  // The footer of a file inside an archive is not asked for a second time.
  const ranged = preview.format === 'parquet' && !entry;
  const rows =
    totalRows === undefined ? t('firstRows', { rows: formatNumber(cells[0]?.length ?? 0) }) : rowGroups === undefined ? formatNumber(totalRows) : t('rowsInGroups', { rows: formatNumber(totalRows), count: rowGroups });
  const facts: [string, string][] = [
    [t('format'), t(`formats.${preview.format}`)],
    [t('rows'), rows],
    [t('columns'), compression ? `${formatNumber(columns.length)} · ${compression.toLowerCase()}` : formatNumber(columns.length)],
  ];
  const more: [string, string | undefined][] = [[t('writtenBy'), createdBy], ...preview.facts.map(({ label, value }): [string, string] => [label, value])];
  const tabs: [View, string][] = [['rows', t('rows')]];
  if (ranged || preview.schemaText) tabs.push(['schema', t('schema')]);
  if (ranged) tabs.push(['groups', t('rowGroups')]);
  return (
    <>
      <div className={styles.facts}>
        <Facts facts={facts} />
        {more.some(([, value]) => value) && (
          <details>
            <summary>{t('moreFacts')}</summary>
            <Facts facts={more} />
          </details>
        )}
      </div>
      {tabs.length > 1 && <ViewTabs<View> label={t('views')} tabs={tabs} chosen={view} onChoose={setView} />}
      {view === 'rows' && <TableRows {...props} ranged={ranged} />}
      {view === 'schema' &&
        (ranged ? (
          <ParquetSchema {...props} />
        ) : (
          <pre className={styles.text} tabIndex={0} aria-label={t('schemaOf', { name })}>
            {preview.schemaText}
          </pre>
        ))}
      {view === 'groups' && <ParquetGroups {...props} />}
    </>
  );
}
