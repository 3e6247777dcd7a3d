import { Combobox, useCombobox } from '@mantine/core';
import { IconChevronDown, IconLock, IconPlugConnected } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useConnections } from '../../app/connectionContext.tsx';
import { useOverlays } from '../../app/overlays.tsx';
import { ConnectionDot } from '../../ui/ConnectionDot.tsx';
import styles from './ConnectionPicker.module.css';

const MANAGE = '\0manage';

/** The combobox "Connection" of the title bar: where the window looks, and the way to more connections. */
export function ConnectionPicker() {
  const { t } = useTranslation('connections');
  const { list, current, switchTo } = useConnections();
  const { show } = useOverlays();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption(), onDropdownOpen: () => combobox.selectActiveOption() });
  const choose = (value: string) => {
    combobox.closeDropdown();
    if (value === MANAGE) show('connections');
    else switchTo(value);
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} width={320} position="bottom-start" offset={4}>
      <Combobox.Target targetType="button" withExpandedAttribute>
        <button type="button" role="combobox" aria-label={t('connection')} className={styles.picker} onClick={() => combobox.toggleDropdown()}>
          <ConnectionDot colour={current.colour} />
          <span className="ellipsis">{current.name}</span>
          {current.readOnly && <IconLock size={13} aria-label={t('readOnly')} />}
          <IconChevronDown size={16} aria-hidden />
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={t('connection')}>
          {list.map((connection) => (
            <Combobox.Option key={connection.id} value={connection.id} active={connection.id === current.id}>
              <span className={styles.option}>
                <ConnectionDot colour={connection.colour} />
                <span className="ellipsis">{connection.name}</span>
                <span className={styles.facts}>
                  {connection.region}
                  {connection.readOnly && ` · ${t('readOnly')}`}
                </span>
              </span>
            </Combobox.Option>
          ))}
          <Combobox.Option value={MANAGE} className={styles.manage}>
            <span className={styles.option}>
              <IconPlugConnected size={15} aria-hidden />
              {t('connectToAws')}
            </span>
          </Combobox.Option>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
