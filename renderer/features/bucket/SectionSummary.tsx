import { useTranslation } from 'react-i18next';
import type { BucketSection } from '../../../shared/contract/s3Bucket.ts';
import { Facts } from '../../ui/Facts.tsx';
import styles from './bucket.module.css';
import { pretty } from './difference.ts';
import { ruleSentence } from './lifecycle/sentence.ts';
import { rulesOf } from './lifecycle/types.ts';
import { factsOf } from './sectionFacts.ts';

/** What one part says in a few words, where its JSON says it in many; the JSON stays at hand. */
export function SectionSummary({ section, value }: { section: BucketSection; value: unknown }) {
  const { t } = useTranslation('bucket');
  const record = (value ?? {}) as Record<string, unknown>;
  if (section === 'lifecycle') {
    return (
      <ul className={styles.sentences}>
        {rulesOf(value).map((rule, index) => (
          <li key={index} data-off={rule.Status === 'Disabled' || undefined}>
            {rule.ID && <b className="mono">{rule.ID}</b>} {ruleSentence(rule, t)}
          </li>
        ))}
      </ul>
    );
  }
  if (section === 'versioning') return <p className={styles.said}>{t(`versioning.${String(record.Status)}`)} {record.MFADelete === 'Enabled' && t('versioning.mfa')}</p>;
  if (section === 'policyStatus') return <p className={styles.said}>{t(record.IsPublic ? 'isPublic' : 'isNotPublic')}</p>;
  if (section === 'requestPayment') return <p className={styles.said}>{t('requesterPaysSaid')}</p>;
  const json = (
    <pre className={styles.json} tabIndex={0} aria-label={t(`section.${section}`)}>
      {pretty(value)}
    </pre>
  );
  const facts = factsOf(section, record, t);
  if (!facts) return json;
  return (
    <>
      <Facts facts={facts} />
      <details className={styles.asJson}>
        <summary>JSON</summary>
        {json}
      </details>
    </>
  );
}
