import { IconFolderOpen, IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { s3Uri, type ObjectsPlace } from '../../app/openTabs.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatNumber } from '../../ui/format.ts';
import { ToolButton } from '../../ui/Toolbar.tsx';
import { DeniedHelp } from '../bucket/DeniedHelp.tsx';
import type { Listing } from './listing.ts';
import styles from './ObjectsScreen.module.css';

interface Props {
  listing: Listing;
  place: ObjectsPlace;
  filter: string;
  shown: number;
  /** What is shown is about to change. */
  busy: boolean;
  onUpload(): void;
  onRetry(): void;
}

/** What stands in the list's place when there is nothing to list, or above it when listing failed half way. */
export function ListingNotice({ listing, place, filter, shown, busy, onUpload, onRetry }: Props) {
  const { t } = useTranslation('objects');
  const { readOnly } = useCurrentConnection();
  const { state, error, length } = listing;
  if (state === 'failed' && error) {
    const notice = (
      <>
        <ErrorNotice error={error} onRetry={onRetry} />
        <DeniedHelp error={error} {...place} onPay={onRetry} />
      </>
    );
    return length > 0 ? notice : <div className={styles.notice}>{notice}</div>;
  }
  if (length === 0 && !listing.ordered && (state === 'complete' || state === 'stopped')) {
    const scanned = formatNumber(listing.scanned);
    return (
      <div className={styles.notice}>
        <EmptyState title={t('none', { ns: 'search', place: s3Uri(place.bucket, place.prefix) })} text={t('noneText', { ns: 'search', scanned })} />
      </div>
    );
  }
  if (length === 0 && state === 'complete') {
    return (
      <div className={styles.notice}>
        <EmptyState icon={<IconFolderOpen size={36} stroke={1.2} />} title={t(place.prefix === '' ? 'emptyBucket' : 'emptyPrefix')} text={t(readOnly ? 'emptyReadOnly' : 'emptyText')}>
          {!readOnly && (
            <ToolButton icon={<IconUpload size={15} />} onClick={onUpload}>
              {t('uploadFiles')}
            </ToolButton>
          )}
        </EmptyState>
      </div>
    );
  }
  if (length > 0 && shown === 0 && !busy) {
    return (
      <div className={styles.notice}>
        <EmptyState title={t('noMatch', { filter })} text={t(state === 'listing' ? 'noMatchYet' : 'noMatchText')} />
      </div>
    );
  }
  if (length === 0 && state === 'listing') {
    return (
      <div className={styles.notice} aria-busy="true">
        <EmptyState title={listing.ordered ? t('listing') : t('searching', { ns: 'search' })} />
      </div>
    );
  }
  return null;
}
