import { IconArrowsMaximize, IconSearch } from '@tabler/icons-react';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { encodingName, textEncodings, type TextEncoding } from '../../../shared/textEncodings.ts';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { visibleName } from '../objects/listingView.ts';
import { ArchiveNotice } from '../tiers/ArchiveNotice.tsx';
import { EntryPath } from './ArchiveView.tsx';
import { FindBar } from './FindBar.tsx';
import { PreviewBody } from './PreviewBody.tsx';
import styles from './PreviewPane.module.css';
import type { PreviewedObject } from './previewTypes.ts';
import { usePreview } from './usePreview.ts';

interface Props {
  at: PreviewedObject;
  /** When it was modified: another moment is another content. */
  modified: string;
  /** As the listing says, where there is one. */
  storageClass?: string | undefined;
  rows?: number;
  finding: boolean;
  onFinding(finding: boolean): void;
  /** Opens it in a tab of its own; absent where it is in one. */
  onMaximise?: () => void;
  /** Below the name: the tables it belongs to. */
  children?: ReactNode;
}

const lastName = (key: string): string => visibleName(key.slice(key.lastIndexOf('/') + 1));

/** What is inside one object, in the pane and in a tab of its own. */
export function ObjectPreview({ at, modified, storageClass = '', rows = 100, finding, onFinding, onMaximise, children }: Props) {
  const { t } = useTranslation('preview');
  const { data, error, isPlaceholderData, refetch, choices, choose, onCost, cost, stale } = usePreview(at, modified, rows);
  const content = useRef<HTMLDivElement>(null);
  const preview = data?.preview;
  const encoding = preview?.kind === 'text' || preview?.kind === 'table' ? preview.encoding : undefined;
  const failed = error && !isPlaceholderData;
  const isArchived = failed && toAppError(error).awsCode === 'InvalidObjectState';
  return (
    <>
      <div className={styles.head}>
        <h3 className={`${styles.name} ellipsis`} title={at.key}>
          {lastName(at.key)}
        </h3>
        {!stale && encoding !== undefined && (
          <select
            aria-label={t('encoding')}
            className={styles.encoding}
            value={choices.encoding ?? ''}
            onChange={(event) => choose({ encoding: (event.target.value || undefined) as TextEncoding | undefined })}
          >
            <option value="">{choices.encoding ? t('foundOut') : t('foundOutAs', { encoding })}</option>
            {textEncodings.map((one) => (
              <option key={one} value={one}>
                {encodingName(one)}
              </option>
            ))}
          </select>
        )}
        <IconButton label={t('find')} pressed={finding} onClick={() => onFinding(!finding)}>
          <IconSearch size={15} stroke={1.7} />
        </IconButton>
        {onMaximise && (
          <IconButton label={t('maximise')} keys="alt+p" onClick={onMaximise}>
            <IconArrowsMaximize size={15} stroke={1.7} />
          </IconButton>
        )}
      </div>
      <ArchiveNotice bucket={at.bucket} objectKey={at.key} storageClass={storageClass} refused={isArchived === true} />
      {children}
      {choices.entry && <EntryPath archive={lastName(at.key)} entry={choices.entry.name} onBack={() => choose({ entry: undefined })} />}
      {finding && <FindBar root={content} content={preview} onClose={() => onFinding(false)} />}
      {failed && !isArchived && <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} />}
      {!failed && !preview && <p className={styles.reading}>{t('reading')}</p>}
      {!failed && data && preview && (
        <div ref={content} className={`${styles.content} ${stale ? styles.old : ''}`}>
          <PreviewBody
            key={`${data.of} ${data.choices.entry?.name ?? ''}`}
            at={data.at}
            preview={preview}
            name={lastName(data.choices.entry?.name ?? data.at.key)}
            entry={data.choices.entry !== undefined}
            onCost={onCost}
            onEntry={(entry) => choose({ entry, encoding: undefined })}
          />
        </div>
      )}
      {!failed && cost && (
        <p className={styles.cost} title={t('budget', { budget: formatBytes(cost.budget) })}>
          {t('cost')}: {t('costOf', { count: cost.ranges, ranges: formatNumber(cost.ranges), read: formatBytes(cost.bytesRead), size: formatBytes(cost.size) })}
        </p>
      )}
    </>
  );
}
