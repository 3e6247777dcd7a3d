import { IconFolderOpen } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { s3Uri, useOpenTabs } from '../../app/openTabs.ts';
import type { Tab } from '../../app/workspace.tsx';
import { ToolButton, Toolbar } from '../../ui/Toolbar.tsx';
import { PlaceTables } from '../lakePaths/PlaceTables.tsx';
import { visibleName } from '../objects/listingView.ts';
import { ObjectPreview } from './ObjectPreview.tsx';
import styles from './PreviewPane.module.css';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A preview with a tab to itself: more rows, and room. */
export default function PreviewTab({ tab }: { tab: Tab }) {
  const { t } = useTranslation('preview');
  const { id: connectionId } = useCurrentConnection();
  const { openObjects } = useOpenTabs();
  const [finding, setFinding] = useState(false);
  const [bucket, key, versionId] = [text(tab.params.bucket), text(tab.params.key), text(tab.params.versionId)];
  const at = useMemo(() => ({ connectionId, bucket, key, ...(versionId && { versionId }) }), [connectionId, bucket, key, versionId]);
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  const show = () => openObjects({ bucket, prefix: folder, select: key });
  useCommands([
    { id: 'preview.find', title: t('find'), keys: ['mod+f', 'mod+alt+f'], group: t('preview'), run: () => setFinding(true) },
    { id: 'preview.folder', title: t('showInFolder'), group: t('preview'), run: show },
  ]);
  return (
    <section aria-label={t('preview')} className={styles.pane}>
      <Toolbar label={t('preview')}>
        <ToolButton icon={<IconFolderOpen size={14} aria-hidden />} onClick={show}>
          {t('showInFolder')}
        </ToolButton>
        <span className="mono ellipsis">{visibleName(s3Uri(bucket, key))}</span>
      </Toolbar>
      <ObjectPreview at={at} modified={text(tab.params.modified)} rows={500} finding={finding} onFinding={setFinding}>
        <PlaceTables place={{ bucket, prefix: key }} />
      </ObjectPreview>
    </section>
  );
}
