import { Menu } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconArrowUp, IconDownload, IconFolderUp, IconLayoutSidebarRight, IconPlayerPlayFilled, IconRefresh, IconRefreshDot, IconSearch, IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ObjectsPlace } from '../../app/openTabs.ts';
import { useView } from '../../app/workspace.tsx';
import { MenuEntries } from '../../ui/ContextMenu.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Toolbar, ToolButton } from '../../ui/Toolbar.tsx';
import { BucketButton } from '../bucket/BucketButton.tsx';
import { SEARCH_KEYS, type SearchState } from '../search/useSearch.tsx';
import { CoveringChip } from './CoveringChip.tsx';
import type { ObjectsParams } from './ObjectsTab.tsx';
import { PathField } from './PathField.tsx';
import styles from './ObjectsToolbar.module.css';
import type { ObjectActions } from './useObjectActions.tsx';
import type { PlaceHistory } from './usePlaceHistory.ts';

interface Props {
  place: ObjectsPlace;
  goTo(place: ObjectsParams): void;
  onUp: (() => void) | undefined;
  history: PlaceHistory;
  onReload(): void;
  actions: ObjectActions;
  items: { keys: string[]; prefixes: string[] };
  searching: SearchState;
}

export function ObjectsToolbar({ place, goTo, onUp, history, onReload, actions, items, searching }: Props) {
  const { t } = useTranslation('objects');
  const [previewOpen, setPreviewOpen] = useView('previewOpen', true);
  const count = items.keys.length + items.prefixes.length;
  const { readOnly } = actions;
  const uploads = [
    { label: t('uploadFilesDots'), icon: <IconUpload size={15} />, run: actions.uploadFiles },
    { label: t('uploadFolderDots'), icon: <IconFolderUp size={15} />, run: actions.uploadFolder },
  ];
  return (
    <Toolbar label={t('toolbar')}>
      <span className={styles.travel}>
        <IconButton label={t('back')} keys="alt+left" disabled={!history.back} onClick={history.back} className={styles.wide}>
          <IconArrowLeft size={16} stroke={1.7} />
        </IconButton>
        <IconButton label={t('forward')} keys="alt+right" disabled={!history.forward} onClick={history.forward} className={styles.wide}>
          <IconArrowRight size={16} stroke={1.7} />
        </IconButton>
        <IconButton label={t('up')} keys="alt+up" disabled={!onUp} onClick={onUp}>
          <IconArrowUp size={16} stroke={1.7} />
        </IconButton>
        <IconButton label={t('refresh')} keys="f5" onClick={onReload}>
          <IconRefresh size={16} stroke={1.7} />
        </IconButton>
      </span>
      <PathField place={place} goTo={goTo} />
      <BucketButton bucket={place.bucket} />
      <IconButton label={t('searchBelow', { ns: 'search' })} keys={SEARCH_KEYS} pressed={searching.search !== undefined} onClick={searching.toggle}>
        <IconSearch size={16} stroke={1.7} />
      </IconButton>
      <Menu position="bottom-start" disabled={readOnly !== undefined}>
        <Menu.Target>
          <ToolButton icon={<IconUpload size={16} stroke={1.8} />} disabled={readOnly !== undefined} title={readOnly}>
            {t('upload')}
          </ToolButton>
        </Menu.Target>
        <Menu.Dropdown>
          <MenuEntries entries={uploads} />
        </Menu.Dropdown>
      </Menu>
      <ToolButton icon={<IconDownload size={16} stroke={1.8} />} onClick={actions.download} title={t(count > 0 ? 'downloadSelected' : 'downloadAll', { count })}>
        {t('download')}
      </ToolButton>
      <ToolButton onClick={actions.newFolder} disabled={readOnly !== undefined} title={readOnly}>
        {t('newFolder')}
      </ToolButton>
      <IconButton label={t('open', { ns: 'sync' })} onClick={actions.sync}>
        <IconRefreshDot size={16} stroke={1.7} />
      </IconButton>
      <ToolButton icon={<IconPlayerPlayFilled size={14} />} onClick={actions.query} title={t('queryText')}>
        {t('query')}
      </ToolButton>
      <CoveringChip place={place} />
      <IconButton label={t('togglePreview')} pressed={previewOpen} onClick={() => setPreviewOpen(!previewOpen)}>
        <IconLayoutSidebarRight size={16} stroke={1.7} />
      </IconButton>
    </Toolbar>
  );
}
