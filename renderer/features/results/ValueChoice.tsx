import { Checkbox } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { FilterField } from '../../ui/FilterField.tsx';
import { formatNumber } from '../../ui/format.ts';
import styles from './filter.module.css';

/** As many values as one looks through; the field above finds others. */
const most = 100;

interface Props {
  runId: string;
  viewId: string | undefined;
  place: number;
  chosen: (string | null)[];
  onChoose(values: (string | null)[]): void;
}

/** A column's values, those there are most of first, to choose among. */
export function ValueChoice({ runId, viewId, place, chosen, onChoose }: Props) {
  const { t } = useTranslation('results');
  const client = useClient();
  const [typed, setTyped] = useState('');
  const contains = useDeferredValue(typed);
  const values = useQuery({
    queryKey: ['results', runId, viewId, 'top', place, contains],
    queryFn: ({ signal }) => client.results.topValues({ runId, viewId, column: place, contains, max: most }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  const listed = values.data ?? [];
  const others = chosen.filter((value) => !listed.some((one) => one.value === value));
  const toggle = (value: string | null) => onChoose(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  const option = (value: string | null, count?: number) => (
    <label key={JSON.stringify(value)} className={styles.value}>
      <Checkbox size="xs" checked={chosen.includes(value)} onChange={() => toggle(value)} />
      <span className="ellipsis">{value === null ? <i>NULL</i> : value === '' ? <i>{t('emptyTextLong')}</i> : value}</span>
      {count !== undefined && <span className={styles.count}>{formatNumber(count)}</span>}
    </label>
  );
  return (
    <>
      <FilterField label={t('filter.findValue')} value={typed} onChange={setTyped} />
      <div className={styles.values} role="group" aria-label={t('filter.values')} aria-busy={values.isFetching}>
        {values.error && <p className={styles.note}>{toAppError(values.error).message}</p>}
        {values.isPending && <p className={styles.note}>{t('filter.counting')}</p>}
        {others.map((value) => option(value))}
        {listed.map(({ value, count }) => option(value, count))}
        {values.data && listed.length === 0 && <p className={styles.note}>{t('filter.noValues')}</p>}
        {listed.length === most && <p className={styles.note}>{t('filter.moreValues', { count: most })}</p>}
      </div>
    </>
  );
}
