import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ColumnProfile } from '../../../shared/contract/resultAnalysis.ts';
import type { CellTest } from '../../../shared/contract/resultViews.ts';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { groupDigits } from '../../grid/groupDigits.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatNumber } from '../../ui/format.ts';
import styles from './profile.module.css';
import { SidePanel } from './SidePanel.tsx';
import panel from './sidePanel.module.css';

interface Props {
  runId: string;
  viewId: string | undefined;
  columns: { name: string; type: string }[];
  place: number;
  /** Rows are left out: the profile is of those shown. */
  filtered: boolean;
  onColumn(place: number): void;
  /** Shows only the rows that pass. */
  onOnly(test: CellTest): void;
  onClose(): void;
}

const digits = 6;
const shown = (text: string): string => (/^-?\d+\.\d{7,}$/.test(text) ? groupDigits(Number(text).toFixed(digits)) : groupDigits(text));
const percent = (count: number, of: number): string => (of === 0 ? '' : ` ${((100 * count) / of).toFixed(1)}%`);

function Facts({ profile }: { profile: ColumnProfile }) {
  const { t } = useTranslation('results');
  const { rows, nulls, empty, distinct, distinctIsEstimate, odd, min, max, mean, deviation, sum, length } = profile;
  const facts: [string, string | null][] = [
    [t('profile.rows'), formatNumber(rows)],
    [t('profile.nulls'), `${formatNumber(nulls)}${percent(nulls, rows)}`],
    [t('profile.empty'), empty > 0 ? `${formatNumber(empty)}${percent(empty, rows)}` : null],
    [t(distinctIsEstimate ? 'profile.distinctAbout' : 'profile.distinct'), formatNumber(distinct)],
    [t('profile.odd'), odd > 0 ? formatNumber(odd) : null],
    [t('profile.min'), min && shown(min)],
    [t('profile.max'), max && shown(max)],
    [t('profile.mean'), mean && shown(mean)],
    [t('profile.deviation'), deviation && shown(deviation)],
    [t('profile.sum'), sum && shown(sum)],
    [t('profile.length'), length && `${formatNumber(length.min)}, ${length.mean.toFixed(1)}, ${formatNumber(length.max)}`],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd title={value}>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Histogram({ bins, onOnly }: { bins: ColumnProfile['histogram']; onOnly(test: CellTest): void }) {
  const { t } = useTranslation('results');
  const most = Math.max(...bins.map(({ count }) => count), 1);
  return (
    <>
      <div className={styles.histogram} role="group" aria-label={t('profile.histogram')}>
        {bins.map(({ from, to, count }, i) => {
          const words = t('profile.bin', { from, to, count: formatNumber(count) as never });
          return (
            <button key={i} type="button" title={words} aria-label={words} onClick={() => onOnly({ kind: 'range', from, to })}>
              <span style={{ height: `${count === 0 ? 0 : Math.max(2, (100 * count) / most)}%` }} />
            </button>
          );
        })}
      </div>
      <div className={styles.ends} aria-hidden>
        <span>{bins[0]?.from}</span>
        <span>{bins.at(-1)?.to}</span>
      </div>
    </>
  );
}

/** What a column holds, over all the rows shown. A click on a bar or a value shows only these. */
export function ProfilePanel({ runId, viewId, columns, place, filtered, onColumn, onOnly, onClose }: Props) {
  const { t } = useTranslation('results');
  const client = useClient();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['results', runId, viewId, 'profile', place],
    queryFn: ({ signal }) => client.results.profile({ runId, viewId, column: place }, { signal }),
    staleTime: Infinity,
  });
  const most = data?.top[0]?.count ?? 1;
  return (
    <SidePanel label={t('panel.profile')} onClose={onClose} head={<b>{t('panel.profile')}</b>}>
      <div className={panel.tools}>
        <NativeSelect size="xs" aria-label={t('profile.column')} value={String(place)} onChange={(event) => onColumn(Number(event.currentTarget.value))} data={columns.map(({ name, type }, i) => ({ value: String(i), label: `${name} (${type})` }))} />
      </div>
      <div className={styles.body} tabIndex={0} role="group" aria-label={columns[place]?.name} aria-busy={isFetching}>
        {error && <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} />}
        {!data && !error && <p className={panel.facts}>{t('profile.counting')}</p>}
        {data && (
          <>
            {filtered && <p className={panel.facts}>{t('profile.filtered')}</p>}
            <Facts profile={data} />
            {data.histogram.length > 0 && (
              <>
                <h4>{t('profile.histogram')}</h4>
                <Histogram bins={data.histogram} onOnly={onOnly} />
              </>
            )}
            {data.quantiles.length > 0 && (
              <>
                <h4>{t('profile.quantiles')}</h4>
                <dl className={styles.facts}>
                  {data.quantiles.map(({ at, value }) => (
                    <div key={at}>
                      <dt>{`${Math.round(at * 100)}%`}</dt>
                      <dd>{shown(value)}</dd>
                    </div>
                  ))}
                </dl>
              </>
            )}
            <h4>{t('profile.top')}</h4>
            <ul className={styles.top}>
              {data.top.map(({ value, count }) => {
                const words = value === null ? 'NULL' : value === '' ? t('emptyTextLong') : value;
                return (
                  <li key={JSON.stringify(value)}>
                    <button type="button" title={t('profile.onlyThis', { value: words })} onClick={() => onOnly(value === null ? { kind: 'null' } : { kind: 'in', values: [value] })}>
                      <span className={styles.share} style={{ width: `${(100 * count) / most}%` }} aria-hidden />
                      <span className="ellipsis">{value === null || value === '' ? <i>{words}</i> : value}</span>{' '}
                      <span className={styles.count}>{`${formatNumber(count)}${percent(count, data.rows)}`}</span>
                    </button>
                  </li>
                );
              })}
            </ul>
          </>
        )}
      </div>
    </SidePanel>
  );
}
