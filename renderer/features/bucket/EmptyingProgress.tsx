import { useTranslation } from 'react-i18next';
import type { Transfer } from '../../../shared/contract/transfers.ts';
import { formatNumber } from '../../ui/format.ts';
import { hasEnded, progressOf } from '../transfers/transferState.ts';
import styles from './bucket.module.css';

/** How far the emptying of a bucket is: counted, then deleted. */
export function EmptyingProgress({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation('bucket');
  const { state, filesDone, filesTotal, waitsFor } = transfer;
  const progress = progressOf(transfer);
  const counts = { count: filesTotal, done: formatNumber(filesDone), all: formatNumber(filesTotal) };
  return (
    <>
      <span className={styles.bar} role="progressbar" aria-label={t('delete.emptying')} aria-valuemin={0} aria-valuemax={100} aria-valuenow={progress === null ? undefined : Math.round(progress * 100)}>
        <span style={{ transform: `scaleX(${state === 'scanning' ? 0 : (progress ?? 0)})` }} />
      </span>
      <p className={styles.said} role="status">
        {t(state === 'scanning' ? 'delete.counted' : 'delete.deletedOf', counts)}
        {state === 'cancelled' && ` ${t('delete.cancelled')}`}
      </p>
      {waitsFor && !hasEnded(transfer) && <p className={styles.quiet}>{t('waitsFor', { ns: 'transfers', why: waitsFor.message })}</p>}
      {!hasEnded(transfer) && <p className={styles.quiet}>{t('delete.goesOn')}</p>}
    </>
  );
}
