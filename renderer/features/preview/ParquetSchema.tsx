import { useTranslation } from 'react-i18next';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { formatNumber } from '../../ui/format.ts';
import { VirtualTable } from '../catalog/VirtualTable.tsx';
import styles from './PreviewPane.module.css';
import type { ViewProps } from './previewTypes.ts';
import { useFooter } from './useFooter.ts';

/** The schema as the file has it: nested, with physical and logical types, and whether a value may be missing. */
export function ParquetSchema({ at, name, onCost }: ViewProps<'table'>) {
  const { t } = useTranslation('preview');
  const { data, error, refetch } = useFooter(at, 0, onCost);
  if (error) return <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!data) return <p className={styles.reading}>{t('reading')}</p>;
  const { schema, keyValues } = data;
  return (
    <>
      <VirtualTable
        label={t('schemaOf', { name })}
        tracks="minmax(120px, 2fr) minmax(80px, 1fr) minmax(90px, 1fr) 74px minmax(80px, 1fr)"
        head={[t('column.name'), t('column.physical'), t('column.logical'), t('column.null'), t('column.athena')]}
        rows={schema.length}
        row={(index) => {
          const { name: element, depth, physical, logical, repetition, athena } = schema[index]!;
          return [
            <span key="name" style={{ paddingLeft: depth * 14 }} title={element}>
              {element}
            </span>,
            physical ?? t('group'),
            logical ?? '',
            t(`repetition.${repetition}`),
            <span key="athena" title={athena}>
              {athena ?? ''}
            </span>,
          ];
        }}
      />
      {keyValues.length > 0 && (
        <details className={styles.keyValues}>
          <summary>{t('keyValues', { count: keyValues.length, shown: formatNumber(keyValues.length) })}</summary>
          <Facts facts={keyValues.map(({ label, value }) => [label, value.length > 2000 ? `${value.slice(0, 2000)}…` : value])} />
        </details>
      )}
    </>
  );
}
