import { useTranslation } from 'react-i18next';
import { HTTP_NAMES, type HeaderName } from '../../../shared/objects/headers.ts';
import { formatBytes, formatNumber, formatDate } from '../../ui/format.ts';
import { className } from '../tiers/classNames.ts';
import type { ComparedField } from './comparison.ts';
import styles from './compare.module.css';

/** What S3 says of two versions, field by field. */
export function ComparedFields({ fields, labels }: { fields: readonly ComparedField[]; labels: { before: string; after: string } }) {
  const { t } = useTranslation('versions');
  const { t: details } = useTranslation('objectDetails');
  const name = ({ group, name: own }: ComparedField) =>
    group === 'object' ? (own === 'etag' ? 'ETag' : details(own)) : group === 'metadata' ? details('fieldOf.metadata', { name: own }) : group === 'tag' ? details('fieldOf.tag', { name: own }) : group === 'header' ? HTTP_NAMES[own as HeaderName] : own;
  const shown = ({ group, name: own }: ComparedField, value: string | undefined) => {
    if (value === undefined) return <em>{details('notThere')}</em>;
    if (value === '') return <em>{details('emptyValue')}</em>;
    if (group !== 'object') return value;
    if (own === 'size') return `${formatBytes(Number(value))} (${details('bytes', { count: Number(value), bytes: formatNumber(Number(value)) })})`;
    if (own === 'modified') return formatDate(value, true);
    return own === 'storageClass' ? className(t, value) : value;
  };
  return (
    <div className={styles.fields}>
      <table aria-label={t('compare.fields')}>
        <thead>
          <tr>
            <th scope="col">{details('field')}</th>
            <th scope="col">{labels.before}</th>
            <th scope="col">{labels.after}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={`${field.group}/${field.name}`} data-differs={field.before !== field.after || undefined}>
              <th scope="row">{name(field)}</th>
              <td>{shown(field, field.before)}</td>
              <td>{shown(field, field.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
