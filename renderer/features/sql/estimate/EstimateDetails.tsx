import { useTranslation } from 'react-i18next';
import type { Estimate } from '../../../../shared/contract/estimates.ts';
import { formatBytes } from '../../../ui/format.ts';
import styles from './estimate.module.css';
import { bytesText, nameOf, readText } from './wordsOf.ts';

const MOST_SHOWN = 50;

/** The bound table by table; the limit, the region and the date of its price. */
export function EstimateDetails({ estimate, cutoff }: { estimate: Estimate; cutoff: number | undefined }) {
  const { t } = useTranslation('estimate');
  const { reads, unknown, detail } = estimate;
  return (
    <>
      {reads.length === 0 && <p>{unknown ? t(`unknown.${unknown}`, { detail: detail ?? '' }) : t(estimate.bound === 'free' ? 'freeText' : 'noTables')}</p>}
      {reads.length > 0 && (
        <table className={styles.reads}>
          <thead>
            <tr>
              <th scope="col">{t('table')}</th>
              <th scope="col">{t('read')}</th>
              <th scope="col" className="numeric">
                {t('atMost')}
              </th>
            </tr>
          </thead>
          <tbody>
            {reads.slice(0, MOST_SHOWN).map((read, at) => (
              <tr key={at}>
                <td className="mono">{nameOf(read)}</td>
                <td>{readText(t, read)}</td>
                <td className={read.unknown ? undefined : 'numeric'}>{bytesText(t, read)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {reads.length > MOST_SHOWN && <p>{t('moreTables', { count: reads.length - MOST_SHOWN })}</p>}
      <p>{t('how')}</p>
      <p>
        {t('priceFrom', { region: estimate.region, date: estimate.pricesAsOf })} {t(estimate.billed ? 'billed' : 'notBilled')}
      </p>
      {cutoff !== undefined && <p>{t('limit', { bytes: formatBytes(cutoff) })}</p>}
    </>
  );
}
