import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { PlaceTables } from '../lakePaths/PlaceTables.tsx';
import { visibleName } from '../objects/listingView.ts';
import { ObjectPreview } from './ObjectPreview.tsx';
import styles from './PreviewPane.module.css';
import { useOpenPreview } from './useOpenPreview.ts';

interface Props {
  bucket: string;
  /** The folder that is listed, or the one that is selected in it. */
  prefix: string;
  /** The one object that is selected. */
  object: { key: string; size: number; modified: string; storageClass: string } | undefined;
  selected: { count: number; folders: number; bytes: number };
}

/** Moving through a list with the arrow keys must not read every object on the way. */
const SETTLE_MS = 150;

/** The region "Preview": what is inside the chosen object, read by as few ranges as that takes. */
export function PreviewPane({ bucket, prefix, object, selected }: Props) {
  const { t } = useTranslation('preview');
  const { id: connectionId } = useCurrentConnection();
  const openPreview = useOpenPreview();
  const [settled] = useDebouncedValue(object, SETTLE_MS, { leading: true });
  const [finding, setFinding] = useState(false);
  const key = object && settled?.key;
  const at = useMemo(() => (key === undefined ? undefined : { connectionId, bucket, key }), [connectionId, bucket, key]);
  const maximise = () => object && openPreview({ bucket, key: object.key, modified: object.modified });
  useCommands([
    { id: 'preview.maximise', title: t('maximise'), keys: 'alt+p', group: t('preview'), enabled: object !== undefined, run: maximise },
    { id: 'preview.find', title: t('find'), keys: 'mod+alt+f', group: t('preview'), enabled: object !== undefined, run: () => setFinding(true) },
  ]);
  return (
    <section aria-label={t('preview')} className={styles.pane}>
      {!at && selected.count < 2 && prefix !== '' && (
        <>
          <div className={styles.head}>
            <h3 className={`${styles.name} ellipsis`} title={prefix}>
              {visibleName(prefix.slice(prefix.lastIndexOf('/', prefix.length - 2) + 1))}
            </h3>
          </div>
          <PlaceTables place={{ bucket, prefix }} />
        </>
      )}
      {!at && (
        <EmptyState
          title={selected.count > 1 ? t('several', { count: selected.count, items: formatNumber(selected.count) }) : t(selected.folders === 1 ? 'folder' : 'nothing')}
          text={selected.count > 1 ? t(selected.folders > 0 ? 'severalWithFolders' : 'severalBytes', { bytes: formatBytes(selected.bytes) }) : t('nothingText')}
        />
      )}
      {at && (
        <ObjectPreview at={at} storageClass={settled?.storageClass} modified={settled?.modified ?? ''} finding={finding} onFinding={setFinding} onMaximise={maximise}>
          <PlaceTables place={{ bucket, prefix: at.key }} />
        </ObjectPreview>
      )}
    </section>
  );
}
