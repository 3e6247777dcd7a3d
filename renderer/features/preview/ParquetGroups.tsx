import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { VirtualTable } from '../catalog/VirtualTable.tsx';
import styles from './PreviewPane.module.css';
import type { ViewProps } from './previewTypes.ts';
import { useFooter } from './useFooter.ts';

/** One row group at a time: what each of its columns holds, takes and says of its values. */
export function ParquetGroups({ at, name, onCost }: ViewProps<'table'>) {
  const { t } = useTranslation('preview');
  const [group, setGroup] = useState(0);
  const { data, error, refetch } = useFooter(at, group, onCost);
  if (error) return <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!data) return <p className={styles.reading}>{t('reading')}</p>;
  const { groups } = data;
  const chunks = groups[group]?.chunks ?? [];
  const number = (value: number | undefined) => (value === undefined ? '' : formatNumber(value));
  return (
    <>
      <div className={styles.bar}>
        <label className={styles.field}>
          {t('rowGroup')}
          <select value={group} onChange={(event) => setGroup(Number(event.target.value))}>
            {groups.map(({ rows, compressed, uncompressed, firstRow }, index) => (
              <option key={index} value={index}>
                {t('groupOf', { number: index + 1, all: groups.length, rows: formatNumber(rows), first: formatNumber(firstRow + 1), compressed: formatBytes(compressed), uncompressed: formatBytes(uncompressed) })}
              </option>
            ))}
          </select>
        </label>
        {(groups[group]?.sortedBy.length ?? 0) > 0 && <span className={styles.quiet}>{t('sortedBy', { columns: groups[group]?.sortedBy.join(', ') })}</span>}
      </div>
      <VirtualTable
        label={t('groupColumnsOf', { name, number: group + 1 })}
        tracks="minmax(110px, 2fr) 96px 84px 84px minmax(90px, 1.4fr) minmax(90px, 1.4fr) 150px minmax(90px, 1fr) 84px 84px"
        head={[t('column.name'), t('column.values'), t('column.nulls'), t('column.codec'), t('column.min'), t('column.max'), t('column.bytes'), t('column.encodings'), t('column.pageIndex'), t('column.bloom')].map((word, index) => (
          <span key={index} className="ellipsis" title={word}>{word}</span>
        ))}
        rows={chunks.length}
        row={(index) => {
          const { path, type, values, nulls, codec, min, max, compressed, uncompressed, encodings, columnIndex, offsetIndex, bloomFilter } = chunks[index]!;
          return [
            <span key="path" title={`${path} ${type}`}>{path}</span>,
            number(values),
            number(nulls),
            codec.toLowerCase(),
            <span key="min" title={min}>{min ?? ''}</span>,
            <span key="max" title={max}>{max ?? ''}</span>,
            `${formatBytes(compressed)} / ${formatBytes(uncompressed)}`,
            <span key="encodings" title={encodings.join(', ')}>{encodings.join(', ')}</span>,
            columnIndex && offsetIndex ? t('yes') : offsetIndex ? t('placesOnly') : t('no'),
            bloomFilter ? t('yes') : t('no'),
          ];
        }}
      />
    </>
  );
}
