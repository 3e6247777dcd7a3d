import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChecksumMode } from '../../../shared/contract/connections.ts';

const modes: ChecksumMode[] = ['full', 'parts', 'md5', 'none'];

interface Props {
  value: ChecksumMode;
  onChange(mode: ChecksumMode): void;
}

/** How bytes are checked on their way to the server of a connection and back. */
export function ChecksumSelect({ value, onChange }: Props) {
  const { t } = useTranslation('connections');
  return (
    <Select
      size="xs"
      label={t('checksums')}
      description={t(`checksumsText.${value}`)}
      data={modes.map((mode) => ({ value: mode, label: t(`checksumModes.${mode}`) }))}
      value={value}
      onChange={(mode) => mode && onChange(mode as ChecksumMode)}
      allowDeselect={false}
    />
  );
}
