import { Menu, Portal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shownShortcut } from '../app/keys.ts';
import styles from './ContextMenu.module.css';

export type MenuEntry =
  | 'separator'
  | {
      label: string;
      icon?: ReactNode;
      keys?: string;
      danger?: boolean;
      /** Greyed, with the reason shown: "Connection is read-only". */
      disabled?: string | undefined;
      run(): void;
    };

/** The entries, in any Mantine Menu. */
export function MenuEntries({ entries }: { entries: readonly MenuEntry[] }) {
  return entries.map((entry, index) =>
    entry === 'separator' ? (
      <Menu.Divider key={index} />
    ) : (
      <Menu.Item
        key={entry.label}
        leftSection={<span className={styles.icon}>{entry.icon}</span>}
        rightSection={entry.keys && <span className={styles.keys}>{shownShortcut(entry.keys)}</span>}
        disabled={entry.disabled !== undefined}
        title={entry.disabled}
        data-danger={entry.danger || undefined}
        onClick={entry.run}
      >
        {entry.label}
      </Menu.Item>
    ),
  );
}

/** Near the window’s edges it moves until all of it is seen. */
const IN_WINDOW = { flip: false, shift: { crossAxis: true, padding: 6 } };

/** A menu at a point of the window (client px); closed while `at` is null. */
export function ContextMenu({ at, entries, onClose }: { at: { x: number; y: number } | null; entries: readonly MenuEntry[]; onClose(): void }) {
  const label = useTranslation('window').t('menu');
  if (!at) return null;
  // In a portal: the dock moves its panels by transforms, and a fixed anchor inside one is placed by the panel.
  return (
    <Portal>
      <Menu opened onChange={(opened) => !opened && onClose()} position="bottom-start" offset={0} middlewares={IN_WINDOW} transitionProps={{ duration: 0 }} returnFocus withinPortal>
        <Menu.Target>
          <button type="button" tabIndex={-1} aria-label={label} className={styles.anchor} style={{ left: at.x, top: at.y }} />
        </Menu.Target>
        <Menu.Dropdown className={styles.dropdown}>
          <MenuEntries entries={entries} />
        </Menu.Dropdown>
      </Menu>
    </Portal>
  );
}
