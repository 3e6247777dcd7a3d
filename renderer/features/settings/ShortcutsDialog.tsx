import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommandList } from '../../app/commands.tsx';
import { shownShortcut } from '../../app/keys.ts';
import styles from './settings.module.css';

const listKeys = ['up', 'down', 'enter', 'backspace', 'delete', 'mod+c', 'mod+a', 'shift+f10'];

/** Every shortcut that holds now, by the part of the window it belongs to. */
export default function ShortcutsDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('settings');
  const commands = useCommandList();
  const groups = new Map<string, { title: string; keys: string[] }[]>();
  for (const { title, keys, group = '' } of commands) {
    if (keys !== undefined) groups.set(group, [...(groups.get(group) ?? []), { title, keys: [keys].flat() }]);
  }
  const rows = [...groups];
  rows.push([t('lists'), listKeys.map((key) => ({ title: t(`listKey.${key.replace('+', '_')}`), keys: [key] }))]);
  return (
    <Modal opened onClose={onClose} title={t('shortcuts')} size={760} closeButtonProps={{ 'aria-label': t('close', { ns: 'window' }) }}>
      <div className={styles.sheet}>
        {rows.map(([group, list]) => (
          <section key={group} className={styles.group}>
            <h3>{group}</h3>
            <dl>
              {list.map(({ title, keys }) => (
                <div key={title}>
                  <dt>{title}</dt>
                  <dd>
                    {keys.map((key) => (
                      <kbd key={key}>{shownShortcut(key)}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
