import { useTranslation } from 'react-i18next';
import type { Preview } from '../../../shared/contract/preview.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { hexDump } from './hexDump.ts';
import styles from './PreviewPane.module.css';
import { PreviewTable } from './PreviewTable.tsx';

/** What is known of the object, and its content as its kind is best seen. */
export function PreviewBody({ preview, name }: { preview: Preview; name: string }) {
  const { t } = useTranslation('preview');
  const cost: [string, string] = [t('cost'), t('costOf', { count: preview.cost.ranges, ranges: formatNumber(preview.cost.ranges), read: formatBytes(preview.cost.bytesRead), size: formatBytes(preview.cost.size) })];
  const facts: [string, string | undefined][] = [];
  const more: [string, string | undefined][] = [];
  if (preview.kind === 'table') {
    const { totalRows, rowGroups, columns, compression, cells } = preview;
    facts.push([t('format'), t(`formats.${preview.format}`)]);
    if (totalRows !== undefined) facts.push([t('rows'), rowGroups === undefined ? formatNumber(totalRows) : t('rowsInGroups', { rows: formatNumber(totalRows), count: rowGroups })]);
    else facts.push([t('rows'), t('firstRows', { rows: formatNumber(cells[0]?.length ?? 0) })]);
    facts.push([t('columns'), compression ? `${formatNumber(columns.length)} · ${compression.toLowerCase()}` : formatNumber(columns.length)]);
    more.push([t('writtenBy'), preview.createdBy], ...preview.facts.map(({ label, value }): [string, string] => [label, value]));
  }
  if (preview.kind === 'text') facts.push([t('encoding'), preview.encoding]);
  if (preview.kind === 'image') facts.push([t('format'), preview.mediaType]);
  if (preview.kind === 'hex') facts.push([t('format'), preview.reason ?? t('unknownFormat')]);
  if (preview.kind === 'empty') return <EmptyState title={t('empty')} text={t('emptyText')} />;
  return (
    <>
      <div className={styles.facts}>
        <Facts facts={[...facts, cost]} />
        {more.some(([, value]) => value) && (
          <details>
            <summary>{t('moreFacts')}</summary>
            <Facts facts={more} />
          </details>
        )}
      </div>
      {preview.kind === 'table' && <PreviewTable columns={preview.columns} cells={preview.cells} label={name} />}
      {preview.kind === 'text' && (
        <pre className={styles.text} tabIndex={0} aria-label={name}>
          {preview.text}
          {preview.truncated && <span className={styles.quiet}>{`\n… ${t('truncated')}`}</span>}
        </pre>
      )}
      {preview.kind === 'image' && (
        <div className={styles.image}>
          <img src={`data:${preview.mediaType};base64,${preview.data}`} alt={name} />
        </div>
      )}
      {preview.kind === 'hex' && (
        <pre className={styles.text} tabIndex={0} aria-label={name}>
          {hexDump(preview.data)}
        </pre>
      )}
    </>
  );
}
