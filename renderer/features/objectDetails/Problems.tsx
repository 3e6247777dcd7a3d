import { useTranslation } from 'react-i18next';
import { HTTP_NAMES, type HeaderName } from '../../../shared/objects/headers.ts';
import type { Problem } from '../../../shared/objects/limits.ts';
import styles from './objectDetails.module.css';

/** What S3 would refuse of the draft. */
export function Problems({ problems }: { problems: readonly Problem[] }) {
  const { t } = useTranslation('objectDetails');
  if (problems.length === 0) return null;
  return (
    <ul className={styles.problems} role="alert">
      {problems.map(({ code, field, name }) => (
        <li key={`${field}/${name}`}>{t(`problem.${code}`, { name: field === 'headers' ? HTTP_NAMES[name as HeaderName] : name })}</li>
      ))}
    </ul>
  );
}
