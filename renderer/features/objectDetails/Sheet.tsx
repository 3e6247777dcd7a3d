import { useTranslation } from 'react-i18next';
import type { ObjectSheet } from '../../../shared/contract/s3Objects.ts';
import { Facts } from '../../ui/Facts.tsx';
import { formatBytes, formatDate, formatNumber } from '../../ui/format.ts';
import { ArchiveNotice } from '../tiers/ArchiveNotice.tsx';
import { className } from '../tiers/classNames.ts';

/** What follows from the object's bytes and its place, and cannot be edited here. */
export function Sheet({ bucket, sheet }: { bucket: string; sheet: ObjectSheet }) {
  const { t } = useTranslation('objectDetails');
  const { t: tiers } = useTranslation('tiers');
  const { encryption, parts, lock } = sheet;
  const type = sheet.checksumType === undefined ? '' : ` (${t(`checksumType.${sheet.checksumType}`, { defaultValue: sheet.checksumType })})`;
  return (
    <div>
      <Facts
        facts={[
          [t('size'), `${formatBytes(sheet.size)} (${t('bytes', { count: sheet.size, bytes: formatNumber(sheet.size) })})`],
          [t('modified'), formatDate(sheet.modified, true)],
          [t('storageClass'), className(tiers, sheet.archive.storageClass)],
          [t('version'), sheet.versionId],
          ['ETag', sheet.etag],
          ...Object.entries(sheet.checksums).map(([name, value]) => [name, value + type] as const),
          [t('encryption'), encryption && [encryption.algorithm, encryption.kmsKeyId, encryption.bucketKey ? t('bucketKey') : '', encryption.customerKey ? t('customerKey') : ''].filter(Boolean).join(' · ')],
          [t('grants'), t(`acl.${sheet.acl}`)],
          [t('lock'), sheet.lockable === 'no' && lock.mode === undefined ? t('noLock') : undefined],
          [t('replication'), sheet.replication],
          [t('parts'), parts ? t('partCount', { count: parts.count, formatted: formatNumber(parts.count) }) : undefined],
        ]}
      />
      <ArchiveNotice bucket={bucket} objectKey={sheet.key} storageClass={sheet.archive.storageClass} refused={sheet.archive.state !== 'none'} />
      {parts && parts.list.length > 0 && (
        <details>
          <summary>{t('partList')}</summary>
          <Facts facts={parts.list.map(({ number, size, checksum }) => [String(number), [formatBytes(size), checksum].filter(Boolean).join(' · ')])} />
        </details>
      )}
    </div>
  );
}
