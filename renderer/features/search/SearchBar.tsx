import { IconPlayerStop, IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectFilter } from '../../../shared/contract/s3Search.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import styles from './SearchBar.module.css';
import { filterOf, NO_FIELDS, sizeOf, type SearchFields } from './searchText.ts';

const KINDS = ['contains', 'glob', 'regex'] as const;
const CLASSES = ['STANDARD', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE', 'REDUCED_REDUNDANCY', 'EXPRESS_ONEZONE'];

interface Props {
  /** Where is searched, as people write it. */
  place: string;
  running: boolean;
  onSearch(filter: ObjectFilter): void;
  onStop(): void;
  onClose(): void;
}

/** The region "Search": what objects below the place have to be like. Enter starts, Escape goes back to the list. */
export function SearchBar({ place, running, onSearch, onStop, onClose }: Props) {
  const { t } = useTranslation('search');
  const [fields, setFields] = useState<SearchFields>(NO_FIELDS);
  const text = useRef<HTMLInputElement>(null);
  useEffect(() => text.current?.focus(), []);
  const set = (change: Partial<SearchFields>) => setFields({ ...fields, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const filter = filterOf(fields);
    if (filter) onSearch(filter);
  };
  const sizeField = (name: 'minSize' | 'maxSize') => (
    <input type="text" className={styles.size} aria-label={t(name)} title={t('sizeRule')} placeholder={t(`${name}Example`)} aria-invalid={sizeOf(fields[name]) === null} value={fields[name]} onChange={(event) => set({ [name]: event.target.value })} />
  );
  return (
    <form
      role="search"
      aria-label={t('search')}
      className={styles.bar}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <select aria-label={t('kindLabel')} value={fields.kind} onChange={(event) => set({ kind: event.target.value as SearchFields['kind'] })}>
        {KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`kind.${kind}`)}
          </option>
        ))}
      </select>
      <input ref={text} type="text" className={`${styles.text} mono`} aria-label={t('text')} placeholder={t(`example.${fields.kind}`, { place })} value={fields.text} spellCheck={false} autoComplete="off" onChange={(event) => set({ text: event.target.value })} />
      <label className={styles.check}>
        <input type="checkbox" checked={fields.matchCase} onChange={(event) => set({ matchCase: event.target.checked })} />
        {t('matchCase')}
      </label>
      <span className={styles.pair}>
        {t('size')} {sizeField('minSize')} – {sizeField('maxSize')}
      </span>
      <span className={styles.pair}>
        {t('modified')}
        <input type="date" aria-label={t('from')} value={fields.from} onChange={(event) => set({ from: event.target.value })} /> –
        <input type="date" aria-label={t('until')} value={fields.until} onChange={(event) => set({ until: event.target.value })} />
      </span>
      <select aria-label={t('storageClass')} value={fields.storageClass} onChange={(event) => set({ storageClass: event.target.value })}>
        <option value="">{t('anyClass')}</option>
        {CLASSES.map((name) => (
          <option key={name} value={name}>
            {t(`storageClass.${name}`, { ns: 'objects' })}
          </option>
        ))}
      </select>
      {running ? (
        <ToolButton icon={<IconPlayerStop size={15} />} onClick={onStop}>
          {t('stop')}
        </ToolButton>
      ) : (
        <ToolButton type="submit" primary icon={<IconSearch size={15} />}>
          {t('search')}
        </ToolButton>
      )}
      <IconButton label={t('close')} keys="esc" onClick={onClose}>
        <IconX size={16} />
      </IconButton>
    </form>
  );
}
