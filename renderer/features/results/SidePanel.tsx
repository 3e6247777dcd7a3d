import { IconX } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useView as useWindowView } from '../../app/workspace.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Splitter } from '../../ui/Splitter.tsx';
import styles from './sidePanel.module.css';

interface Props {
  /** Accessible name. */
  label: string;
  head: ReactNode;
  actions?: ReactNode;
  onClose(): void;
  onKeyDown?(event: KeyboardEvent): void;
  children: ReactNode;
}

/** At the right of the grid: a cell, a record, the columns, a profile. Its width is one for all of them. */
export function SidePanel({ label, head, actions, onClose, onKeyDown, children }: Props) {
  const { t } = useTranslation('results');
  const [width, setWidth] = useWindowView('resultPanelWidth', 340);
  return (
    <>
      <Splitter direction="columns" label={t('panel.resize')} size={width} min={220} max={900} reverse onResize={setWidth} />
      <aside
        className={styles.panel}
        style={{ width }}
        aria-label={label}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.defaultPrevented && !event.nativeEvent.isComposing) onClose();
          else onKeyDown?.(event);
        }}
      >
        <header className={styles.head}>
          <span className={styles.title}>{head}</span>
          {actions}
          <IconButton label={t('close')} onClick={onClose}>
            <IconX size={15} />
          </IconButton>
        </header>
        {children}
      </aside>
    </>
  );
}
