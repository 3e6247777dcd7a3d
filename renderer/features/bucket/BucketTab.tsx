import { IconFolderOpen, IconRefresh, IconTrashX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useOpenTabs } from '../../app/openTabs.ts';
import { useWorkspace, type Tab } from '../../app/workspace.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Chip, ToolButton, Toolbar, ToolbarSpace } from '../../ui/Toolbar.tsx';
import styles from './bucket.module.css';
import { BucketProperties } from './BucketProperties.tsx';
import { SectionPanel } from './SectionPanel.tsx';
import { UploadsPart } from './UploadsPart.tsx';
import { useBucketDialogs } from './useBucketDialogs.tsx';

const parts = ['properties', 'lifecycle', 'uploads'] as const;
type Part = (typeof parts)[number];

/** A bucket as a whole: its configuration, its lifecycle rules, its unfinished uploads. */
export default function BucketTab({ tab }: { tab: Tab }) {
  const { t } = useTranslation('bucket');
  const connection = useCurrentConnection();
  const { updateTab } = useWorkspace();
  const { openObjects } = useOpenTabs();
  const cache = useQueryClient();
  const bucket = typeof tab.params.bucket === 'string' ? tab.params.bucket : '';
  const part: Part = parts.find((one) => one === tab.params.part) ?? 'properties';
  const show = (next: Part) => updateTab(tab.id, { params: { ...tab.params, part: next } });
  const refresh = () => void cache.invalidateQueries({ queryKey: ['bucket', connection.id, bucket] });
  const { emptyBucket, dialogs } = useBucketDialogs(refresh);
  useCommands([
    { id: 'bucket.empty', title: t('menuEmpty'), group: t('bucket'), enabled: !connection.readOnly, run: () => emptyBucket(bucket) },
    { id: 'bucket.refresh', title: t('refresh'), keys: ['f5', 'mod+r'], group: t('bucket'), run: refresh },
    { id: 'bucket.open', title: t('openObjects'), group: t('bucket'), run: () => openObjects({ bucket, prefix: '' }) },
    ...parts.map((one) => ({ id: `bucket.${one}`, title: t(`part.${one}`), group: t('bucket'), run: () => show(one) })),
  ]);
  return (
    <div className={styles.tab}>
      <Toolbar label={t('toolbar')}>
        <ToolButton icon={<IconFolderOpen size={15} aria-hidden />} onClick={() => openObjects({ bucket, prefix: '' })}>
          {t('openObjects')}
        </ToolButton>
        <span className={`mono ellipsis ${styles.name}`}>{`s3://${bucket}`}</span>
        {connection.readOnly && <Chip tone="warning">{t('readOnly')}</Chip>}
        <ToolbarSpace />
        <IconButton label={connection.readOnly ? `${t('menuEmpty')} (${t('readOnlyReason')})` : t('menuEmpty')} disabled={connection.readOnly} onClick={() => emptyBucket(bucket)}>
          <IconTrashX size={16} stroke={1.6} />
        </IconButton>
        <IconButton label={t('refresh')} keys="f5" onClick={refresh}>
          <IconRefresh size={16} stroke={1.6} />
        </IconButton>
      </Toolbar>
      <div role="tablist" aria-label={t('parts')} className={styles.parts}>
        {parts.map((one, index) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={one === part}
            tabIndex={one === part ? 0 : -1}
            className={styles.part}
            onClick={() => show(one)}
            onKeyDown={(event) => {
              const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
              const next = parts[index + step];
              if (step === 0 || !next) return;
              show(next);
              const sibling = step > 0 ? event.currentTarget.nextElementSibling : event.currentTarget.previousElementSibling;
              if (sibling instanceof HTMLElement) sibling.focus();
            }}
          >
            {t(`part.${one}`)}
          </button>
        ))}
      </div>
      <div className={styles.body} role="tabpanel" aria-label={t(`part.${part}`)} tabIndex={0}>
        {part === 'properties' ? <BucketProperties bucket={bucket} /> : part === 'lifecycle' ? <SectionPanel bucket={bucket} section="lifecycle" /> : <UploadsPart bucket={bucket} />}
      </div>
      {dialogs}
    </div>
  );
}
