import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncOptions } from '../../../shared/contract/sync.ts';
import { globsOf } from './syncParams.ts';
import styles from './sync.module.css';

interface Props {
  options: SyncOptions;
  onOptions(change: Partial<SyncOptions>): void;
  deleteGone: boolean;
  onDeleteGone(value: boolean): void;
}

/** How files are compared, which of them are meant, and whether what is gone is deleted. */
export function OptionFields({ options, onOptions, deleteGone, onDeleteGone }: Props) {
  const { t } = useTranslation('sync');
  return (
    <div className={styles.options}>
      <label className={styles.field} title={t(`compareText.${options.compare}`)}>
        {t('compare')}
        <select value={options.compare} onChange={(event) => onOptions({ compare: event.target.value as SyncOptions['compare'] })}>
          <option value="time">{t('compareBy.time')}</option>
          <option value="checksum">{t('compareBy.checksum')}</option>
        </select>
      </label>
      <GlobField label={t('include')} placeholder={t('includeExample')} globs={options.include} onGlobs={(include) => onOptions({ include })} />
      <GlobField label={t('exclude')} placeholder={t('excludeExample')} globs={options.exclude} onGlobs={(exclude) => onOptions({ exclude })} />
      <label className={styles.check} title={t('hiddenText')}>
        <input type="checkbox" checked={options.hidden} onChange={(event) => onOptions({ hidden: event.target.checked })} />
        {t('hidden')}
      </label>
      <label className={styles.check} title={t('foldersText')}>
        <input type="checkbox" checked={options.folders} onChange={(event) => onOptions({ folders: event.target.checked })} />
        {t('folders')}
      </label>
      <label className={styles.check} title={t('deleteGoneText')}>
        <input type="checkbox" checked={deleteGone} onChange={(event) => onDeleteGone(event.target.checked)} />
        {t('deleteGone')}
      </label>
    </div>
  );
}

function GlobField({ label, placeholder, globs, onGlobs }: { label: string; placeholder: string; globs: string[]; onGlobs(globs: string[]): void }) {
  const { t } = useTranslation('sync');
  const [typed, setTyped] = useState<string | null>(null);
  const commit = () => {
    if (typed !== null) onGlobs(globsOf(typed));
    setTyped(null);
  };
  return (
    <label className={styles.field} title={t('globText')}>
      {label}
      <input
        type="text"
        className="mono"
        placeholder={placeholder}
        value={typed ?? globs.join(', ')}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setTyped(null);
        }}
      />
    </label>
  );
}
