import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './bucket.module.css';
import { lineDifference } from './difference.ts';

const SIGNS = { same: ' ', removed: '−', added: '+' } as const;

/** What a write would change, line by line. */
export function DifferenceView({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation('bucket');
  const lines = useMemo(() => lineDifference(before, after), [before, after]);
  return (
    <pre className={styles.difference} tabIndex={0} aria-label={t('difference')}>
      {lines.map(({ kind, text }, index) => (
        <span key={index} data-kind={kind}>{`${SIGNS[kind]} ${text}\n`}</span>
      ))}
    </pre>
  );
}
