import { useTranslation } from 'react-i18next';
import { HEADERS, HTTP_NAMES, type HeaderName } from '../../../shared/objects/headers.ts';
import type { ObjectChange } from '../../../shared/objects/change.ts';
import type { CommonValues } from './common.ts';
import { withChange } from './draft.ts';
import styles from './objectDetails.module.css';
import { ValueRow } from './ValueRow.tsx';

interface Props {
  now: CommonValues | null;
  changes: ObjectChange['headers'];
  disabled: boolean;
  onChanges(changes: ObjectChange['headers']): void;
}

const EXAMPLES: Partial<Record<HeaderName, string>> = {
  contentEncoding: 'gzip',
  contentDisposition: 'attachment; filename="report.csv"',
  contentLanguage: 'en',
  cacheControl: 'max-age=3600',
  expires: 'Wed, 21 Oct 2026 07:28:00 GMT',
  websiteRedirect: '/other/page.html',
};

/** The headers S3 keeps with objects. */
export function HeaderFields({ now, changes, disabled, onChanges }: Props) {
  const { t } = useTranslation('objectDetails');
  return (
    <section className={styles.section} aria-label={t('headers')}>
      <h3>{t('headers')}</h3>
      {HEADERS.map((name) => (
        <ValueRow
          key={name}
          label={name === 'websiteRedirect' ? t('websiteRedirect') : HTTP_NAMES[name]}
          now={now?.[name]}
          change={changes[name]}
          unread={now === null}
          placeholder={EXAMPLES[name] === undefined ? undefined : t('example', { value: EXAMPLES[name] })}
          emptyRemoves
          disabled={disabled}
          onChange={(value) => onChanges(withChange(changes, now ?? {}, name, value))}
        />
      ))}
    </section>
  );
}
