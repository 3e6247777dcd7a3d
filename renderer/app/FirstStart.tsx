import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenTabs } from './openTabs.ts';
import { useWorkspace } from './workspace.tsx';

/** On the very first start: the catalog in the side bar and a query on the sample lake, ready to run. */
export function FirstStart() {
  const { t } = useTranslation('window');
  const { view, setView, tabs } = useWorkspace();
  const { openSql } = useOpenTabs();
  const done = useRef(view['started'] === true);
  useEffect(() => {
    if (done.current) return;
    done.current = true;
    setView('started', true);
    if (tabs.length === 0) void openSql(`-- ${t('sampleComment')}\n${SAMPLE_QUERY}`, { title: t('sampleTitle'), database: 'samples' });
  }, [tabs.length, setView, openSql, t]);
  return null;
}

const SAMPLE_QUERY = `SELECT f.origin, a.city, a.state,
       count(*) AS flights,
       round(avg(f.delay), 2) AS average_delay,
       count_if(f.delay > 60) AS over_an_hour
FROM samples.flights f
LEFT JOIN samples.airports a ON a.iata = f.origin
GROUP BY 1, 2, 3
ORDER BY flights DESC;
`;
