import { Combobox, useCombobox } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToolButton } from '../../ui/Toolbar.tsx';
import styles from './sql.module.css';

interface Choice {
  value: string;
  /** Shown in the value's place. */
  name?: string;
  note?: string;
  /** Greyed, with the reason as its note. */
  disabled?: boolean;
}

interface Props {
  /** What is chosen here: "Workgroup". */
  label: string;
  value: string;
  choices: readonly Choice[];
  /** Nothing else may be typed. Otherwise any name may: a user may be allowed to use what they may not list. */
  only?: boolean;
  onChoose(value: string): void;
}

/** A choice in a tool bar: a button with the value; a searchable list below it. */
export function ToolSelect({ label, value, choices, only = false, onChoose }: Props) {
  const { t } = useTranslation('sql');
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
    onDropdownClose: () => {
      setSearch('');
      combobox.resetSelectedOption();
      combobox.focusTarget();
    },
  });
  const shown = choices.filter((choice) => (choice.name ?? choice.value).toLowerCase().includes(search.trim().toLowerCase())).slice(0, 200);
  const typed = only ? '' : search.trim();
  const shownValue = choices.find((choice) => choice.value === value)?.name ?? value;
  const choose = (chosen: string) => {
    onChoose(chosen);
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} width={260} position="bottom-start" offset={4} onOptionSubmit={choose} withinPortal>
      <Combobox.Target targetType="button">
        <ToolButton className={only ? undefined : styles.select} aria-label={`${label}: ${shownValue}`} title={`${label}: ${shownValue}`} onClick={() => combobox.toggleDropdown()}>
          <span className="ellipsis">{shownValue}</span>
          <IconChevronDown size={14} aria-hidden />
        </ToolButton>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search value={search} onChange={(event) => setSearch(event.currentTarget.value)} placeholder={label} aria-label={label} />
        <Combobox.Options className={styles.options} aria-label={label}>
          {shown.map((choice) => (
            <Combobox.Option key={choice.value} value={choice.value} active={choice.value === value} disabled={choice.disabled}>
              {choice.name ?? choice.value}
              {choice.note && <span className={styles.facts}> · {choice.note}</span>}
            </Combobox.Option>
          ))}
          {typed && !choices.some((choice) => choice.value === typed) && <Combobox.Option value={typed}>{t('useTyped', { name: typed })}</Combobox.Option>}
          {shown.length === 0 && !typed && <Combobox.Empty>{t('nothingToChoose')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
