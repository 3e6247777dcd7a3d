import { Popover } from '@mantine/core';
import { IconColumns } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterField } from '../../ui/FilterField.tsx';
import { formatNumber } from '../../ui/format.ts';
import { ToolButton } from '../../ui/Toolbar.tsx';
import styles from './PreviewPane.module.css';
import { MOST_COLUMNS } from './PreviewTable.tsx';

interface Props {
  columns: { name: string; type: string }[];
  /** By place, in order. */
  chosen: readonly number[];
  onChoose(columns: readonly number[]): void;
}

/** Which columns are shown: fewer are fewer bytes. */
export function ColumnChooser({ columns, chosen, onChoose }: Props) {
  const { t } = useTranslation('preview');
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLowerCase();
  const found = columns.map((column, at) => ({ ...column, at })).filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, 300);
  const toggle = (at: number) => {
    const next = chosen.includes(at) ? chosen.filter((one) => one !== at) : [...chosen, at].toSorted((a, b) => a - b);
    if (next.length > 0) onChoose(next.slice(0, MOST_COLUMNS));
  };
  return (
    <Popover position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <ToolButton icon={<IconColumns size={14} aria-hidden />}>{t('chooseColumns', { shown: formatNumber(chosen.length), all: formatNumber(columns.length) })}</ToolButton>
      </Popover.Target>
      <Popover.Dropdown className={styles.chooser}>
        <FilterField label={t('filterColumns')} value={filter} onChange={setFilter} />
        <div className={styles.chooserLinks}>
          <button type="button" className={styles.link} onClick={() => onChoose(columns.map((_, at) => at).slice(0, MOST_COLUMNS))}>
            {t('allColumns')}
          </button>
          <button type="button" className={styles.link} disabled={found.length === 0} onClick={() => onChoose(found.map(({ at }) => at).slice(0, MOST_COLUMNS))}>
            {t('onlyFound')}
          </button>
        </div>
        <ul className={styles.chooserList} aria-label={t('columns')}>
          {found.map(({ name, type, at }) => (
            <li key={at}>
              <label>
                <input type="checkbox" checked={chosen.includes(at)} onChange={() => toggle(at)} />
                <span className="ellipsis">{name}</span>
                <span className={styles.quiet}>{type.length > 24 ? `${type.slice(0, 24)}…` : type}</span>
              </label>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
