import { Modal, NativeSelect, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { excelSheetRows } from '../../../shared/excel.ts';
import { useClient } from '../../app/clientContext.tsx';
import { parseS3Uri } from '../../app/s3Place.ts';
import { isNested } from '../../grid/cellTypes.ts';
import { formatNumber } from '../../ui/format.ts';
import { ToolButton } from '../../ui/Toolbar.tsx';
import { exportFormats, sheetCount, type ExportDraft } from './exportDraft.ts';
import { exportFileName } from './exportFileName.ts';
import styles from './exportDialog.module.css';
import type { ExportFormat, S3Target } from './useExport.ts';

interface Props {
  draft: ExportDraft;
  onDraft(draft: ExportDraft): void;
  rows: number;
  columns: { name: string; type: string }[];
  /** The choice between the rows shown and all rows, where they differ. */
  which: ReactNode;
  connectionId: string;
  /** The tab's title. */
  name: string;
  onStart(s3: S3Target | undefined): void;
  onClose(): void;
}

const delimiters = { comma: ',', semicolon: ';', tab: '\t', bar: '|' } as const;

/** How, how many and where to: all that can be said of an export before it is written. */
export function ExportDialog({ draft, onDraft, rows, columns, which, connectionId, name, onStart, onClose }: Props) {
  const { t } = useTranslation('results');
  const client = useClient();
  const [to, setTo] = useState<'file' | 's3'>('file');
  const [place, setPlace] = useState('s3://');
  const [fileName, setFileName] = useState<string>();
  const { data: connections } = useQuery({ queryKey: ['connections'], queryFn: () => client.connections.list() });
  const readOnly = connections?.find(({ id }) => id === connectionId)?.readOnly === true;
  const { format } = draft;
  const change = (part: Partial<ExportDraft>) => onDraft({ ...draft, ...part });
  const delimited = format === 'csv' || format === 'tsv';
  const sheets = sheetCount(rows, draft.header);
  const parsed = parseS3Uri(place);
  const written = fileName ?? exportFileName(name, format);
  const s3: S3Target | undefined = to === 's3' && parsed ? { connectionId, bucket: parsed.bucket, prefix: parsed.prefix === '' || parsed.prefix.endsWith('/') ? parsed.prefix : `${parsed.prefix}/`, fileName: written } : undefined;
  const impossible = (to === 's3' && (!s3 || !written.trim() || readOnly)) || (format === 'xlsx' && sheets > 1 && !draft.split);
  return (
    <Modal opened onClose={onClose} title={t('export.title')} size={460} closeButtonProps={{ 'aria-label': t('export.close') }}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!impossible) onStart(s3);
        }}
      >
        {which}
        <NativeSelect size="xs" label={t('export.format')} value={format} onChange={(event) => change({ format: event.currentTarget.value as ExportFormat })} data={exportFormats.map((value) => ({ value, label: t(`export.${value}`) }))} />
        {delimited && (
          <div className={styles.pair}>
            {format === 'csv' && (
              <NativeSelect
                size="xs"
                label={t('export.delimiter')}
                value={draft.delimiter}
                onChange={(event) => change({ delimiter: event.currentTarget.value as ExportDraft['delimiter'] })}
                data={Object.entries(delimiters).map(([word, value]) => ({ value, label: t(`export.delimiters.${word}`) }))}
              />
            )}
            <NativeSelect
              size="xs"
              label={t('export.quoting')}
              value={draft.quoting}
              onChange={(event) => change({ quoting: event.currentTarget.value as ExportDraft['quoting'] })}
              data={(['needed', 'all'] as const).map((value) => ({ value, label: t(`export.quotings.${value}`) }))}
            />
            <TextInput label={t('export.nullText')} placeholder={t('export.nullNothing')} value={draft.nullText} maxLength={40} onChange={(event) => change({ nullText: event.currentTarget.value.replace(/["\r\n\t,;|]/g, '') })} />
          </div>
        )}
        {(delimited || format === 'xlsx') && <Switch checked={draft.header} onChange={(event) => change({ header: event.currentTarget.checked })} label={t('export.header')} />}
        {delimited && <Switch checked={draft.bom} onChange={(event) => change({ bom: event.currentTarget.checked })} label={t('export.bom')} />}
        {delimited && <Switch checked={draft.escapeFormulas} onChange={(event) => change({ escapeFormulas: event.currentTarget.checked })} label={t('export.escape')} description={t('export.escapeWhy')} />}
        {format === 'xlsx' && (
          <>
            <Switch checked={draft.split} onChange={(event) => change({ split: event.currentTarget.checked })} label={t('export.split', { rows: formatNumber(excelSheetRows) })} />
            {sheets > 1 && (
              <p className={styles.note} role="note">
                {draft.split ? t('export.splitInto', { rows: formatNumber(rows), sheets }) : t('export.tooManyRows', { rows: formatNumber(rows), most: formatNumber(excelSheetRows) })}
              </p>
            )}
          </>
        )}
        {format === 'sql' && (
          <>
            <TextInput label={t('export.table')} placeholder="my_table" value={draft.table} maxLength={300} onChange={(event) => change({ table: event.currentTarget.value })} />
            {columns.some(({ type }) => isNested(type)) && <p className={styles.note}>{t('export.nestedText')}</p>}
          </>
        )}
        <div>
          <div className={styles.label} id="export-to">
            {t('export.to')}
          </div>
          <SegmentedControl size="xs" aria-labelledby="export-to" value={to} onChange={(value) => setTo(value as 'file' | 's3')} data={[{ value: 'file', label: t('export.toFile') }, { value: 's3', label: t('export.toS3'), disabled: readOnly }]} />
          {readOnly && <p className={styles.note}>{t('export.readOnly')}</p>}
        </div>
        {to === 's3' && (
          <div className={styles.pair}>
            <TextInput label={t('export.s3Path')} value={place} error={place !== 's3://' && !parsed ? t('export.s3Wrong') : undefined} spellCheck={false} onChange={(event) => setPlace(event.currentTarget.value)} />
            <TextInput label={t('export.fileName')} value={written} maxLength={200} onChange={(event) => setFileName(event.currentTarget.value.replaceAll('/', ''))} />
          </div>
        )}
        <footer className={styles.foot}>
          <span className={styles.note}>{t('export.noRerun')}</span>
          <ToolButton type="submit" primary disabled={impossible}>
            {t('export.run', { count: rows, shown: formatNumber(rows) })}
          </ToolButton>
        </footer>
      </form>
    </Modal>
  );
}
