import { IconX } from '@tabler/icons-react';
import type { IDockviewPanelHeaderProps } from 'dockview-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ConnectionDot } from '../ui/ConnectionDot.tsx';
import { useConnections } from './connectionContext.tsx';
import styles from './DockTab.module.css';
import { tabKinds } from './tabKinds.tsx';
import { useWorkspace } from './workspace.tsx';

/** A tab's head: its kind, its name, its connection where that is not the window's. Middle click closes. */
export function DockTab({ api }: IDockviewPanelHeaderProps) {
  const { t } = useTranslation('window');
  const { tabs, closeTab } = useWorkspace();
  const { list, current } = useConnections();
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const show = () => head.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (api.isActive) show();
    const { dispose } = api.onDidActiveChange(({ isActive }) => isActive && show());
    return dispose;
  }, [api]);
  const tab = tabs.find((one) => one.id === api.id);
  if (!tab) return null;
  const Kind = tabKinds[tab.kind].icon;
  const connection = list.find((one) => one.id === tab.connectionId);
  return (
    <div
      ref={head}
      className={styles.tab}
      title={connection && connection.id !== current.id ? `${tab.title} — ${connection.name}` : tab.title}
      onAuxClick={(event) => event.button === 1 && closeTab(tab.id)}
      onMouseDown={(event) => event.button === 1 && event.preventDefault()}
    >
      <Kind size={15} stroke={1.7} aria-hidden className={styles.icon} />
      {connection && connection.id !== current.id && <ConnectionDot colour={connection.colour} />}
      <span className={styles.title}>{tab.title}</span>
      {/* For the mouse; Alt+W is for the keys. Dragging starts on pointer down, which the cross must not. */}
      <span aria-hidden title={t('closeTab', { title: tab.title })} className={styles.close} onPointerDown={(event) => event.stopPropagation()} onClick={() => closeTab(tab.id)}>
        <IconX size={13} />
      </span>
    </div>
  );
}
