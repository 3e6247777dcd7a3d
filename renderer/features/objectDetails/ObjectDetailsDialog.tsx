import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatNumber } from '../../ui/format.ts';
import { visibleName } from '../objects/listingView.ts';
import { DetailsForm } from './DetailsForm.tsx';
import { useLooked } from './useLooked.ts';

interface Props {
  bucket: string;
  keys: readonly string[];
  onClose(): void;
}

/** All S3 says of an object, or of several at once, and what of it can be edited. */
export function ObjectDetailsDialog({ bucket, keys, onClose }: Props) {
  const { t } = useTranslation('objectDetails');
  const { data, error, refetch } = useLooked(bucket, keys);
  const first = keys[0] ?? '';
  const title = keys.length === 1 ? visibleName(first.slice(first.lastIndexOf('/', first.length - 2) + 1)) : t('severalTitle', { count: keys.length, formatted: formatNumber(keys.length) });
  return (
    <Modal opened onClose={onClose} size={980} title={title} closeButtonProps={{ 'aria-label': t('close', { ns: 'window' }) }}>
      {error && <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} />}
      {data === undefined && !error && <p role="status">{t('reading')}</p>}
      {data !== undefined && <DetailsForm bucket={bucket} keys={keys} looked={data} onClose={onClose} />}
    </Modal>
  );
}
