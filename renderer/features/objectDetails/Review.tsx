import { useTranslation } from 'react-i18next';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { ConnectionDot } from '../../ui/ConnectionDot.tsx';
import { formatNumber } from '../../ui/format.ts';
import type { Difference } from './differences.ts';
import styles from './objectDetails.module.css';
import type { Note } from './notes.ts';

interface Props {
  /** `s3://…` of what is written, or of the first of many. */
  place: string;
  count: number;
  /** Objects that are so already and are left alone. */
  already: number;
  differences: readonly Difference[];
  notes: readonly Note[];
}

/** What will be written, before it is: field by field, where, and what comes with it. */
export function Review({ place, count, already, differences, notes }: Props) {
  const { t } = useTranslation('objectDetails');
  const connection = useCurrentConnection();
  const said = (words: string) => <em className={styles.said}>{words}</em>;
  const beforeText = ({ before }: Difference) =>
    before === undefined ? said(t('notThere')) : before === 'unknown' ? said(t('unknown')) : before === 'mixed' ? said(t('mixed')) : before.value === '' ? said(t('emptyValue')) : before.value;
  const afterText = ({ after }: Difference) => (after === null ? said(t('removed')) : after === '' ? said(t('emptyValue')) : after);
  return (
    <>
      <p className={styles.place}>
        <ConnectionDot colour={connection.colour} />
        <strong>{connection.name}</strong>
        <span className={styles.quiet}>{connection.region}</span>
        <span className="mono ellipsis" title={place}>
          {count > 1 ? t('andMore', { place, count: count - 1, formatted: formatNumber(count - 1) }) : place}
        </span>
      </p>
      <table className={styles.differences} aria-label={t('changes')}>
        <thead>
          <tr>
            <th scope="col">{t('field')}</th>
            <th scope="col">{t('before')}</th>
            <th scope="col">{t('after')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((difference) => (
            <tr key={`${difference.field}/${difference.name}`}>
              <th scope="row">{t(`fieldOf.${difference.field}`, { name: difference.name })}</th>
              <td className={styles.before}>{beforeText(difference)}</td>
              <td className={styles.after}>{afterText(difference)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className={styles.notes}>
        {already > 0 && <li>{t('already', { count: already, formatted: formatNumber(already) })}</li>}
        {notes.map(({ code, warning, values }) => (
          <li key={code} data-warning={warning || undefined}>
            {t(`note.${code}`, values)}
          </li>
        ))}
      </ul>
    </>
  );
}
