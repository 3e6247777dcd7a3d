import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenTabs } from '../../app/openTabs.ts';
import { formatDate, formatNumber } from '../../ui/format.ts';
import type { TableDetails } from '../../../shared/contract/catalog.ts';
import styles from './catalog.module.css';
import { placeOf } from './names.ts';

type Fact = [label: string, value: ReactNode];

function Facts({ title, facts }: { title?: string; facts: Fact[] }) {
  if (facts.length === 0) return null;
  return (
    <>
      {title && <h3 className={styles.heading}>{title}</h3>}
      <dl className={styles.facts}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

const given = (facts: [string, ReactNode | undefined | null | ''][]): Fact[] => facts.filter((fact): fact is Fact => Boolean(fact[1]));
const mono = (value: string | undefined) => value && <span className="mono">{value}</span>;

/** Where the table is, in which format, how it is partitioned, and every parameter the catalog keeps. */
export function TableOverview({ table }: { table: TableDetails }) {
  const { t } = useTranslation('catalog');
  const { openObjects } = useOpenTabs();
  const place = placeOf(table.location);
  return (
    <div className={styles.overview}>
      {table.kind === 'iceberg' && <p className={styles.hint}>{t('icebergNote')}</p>}
      <Facts
        facts={given([
          [t('fact.description'), table.description],
          [
            t('fact.location'),
            place ? (
              <button type="button" className={`mono ${styles.link}`} onClick={() => openObjects(place)}>
                {table.location}
              </button>
            ) : (
              mono(table.location)
            ),
          ],
          [t('fact.format'), table.format],
          [t('fact.columns'), formatNumber(table.columns.length)],
          [t('fact.partitionKeys'), table.partitionKeys.length > 0 && table.partitionKeys.map(({ name, type }) => <span key={name} className={`mono ${styles.key}`}>{`${name} ${type}`}</span>)],
          [t('fact.serde'), mono(table.serde)],
          [t('fact.inputFormat'), mono(table.inputFormat)],
          [t('fact.outputFormat'), mono(table.outputFormat)],
          [t('fact.owner'), table.owner],
          [t('fact.created'), formatDate(table.createdAt, true)],
          [t('fact.updated'), formatDate(table.updatedAt, true)],
          [t('fact.version'), table.versionId],
        ])}
      />
      {table.viewSql && (
        <>
          <h3 className={styles.heading}>{t('viewSql')}</h3>
          <pre className={styles.sql} tabIndex={0}>
            {table.viewSql}
          </pre>
        </>
      )}
      <Facts title={t('serdeParameters')} facts={Object.entries(table.serdeParameters).map(([name, value]): Fact => [name, mono(JSON.stringify(value).slice(1, -1))])} />
      <Facts title={t('parameters')} facts={Object.entries(table.parameters).map(([name, value]): Fact => [name, mono(value)])} />
    </div>
  );
}
