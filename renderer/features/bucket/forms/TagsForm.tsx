import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../ui/IconButton.tsx';
import { ToolButton } from '../../../ui/Toolbar.tsx';
import styles from '../bucket.module.css';

export interface Tag {
  Key: string;
  Value: string;
}

/** Keys and values, a row each. */
export function TagsForm({ tags, onChange }: { tags: Tag[]; onChange(tags: Tag[]): void }) {
  const { t } = useTranslation('bucket');
  const set = (at: number, change: Partial<Tag>) => onChange(tags.map((tag, index) => (index === at ? { ...tag, ...change } : tag)));
  return (
    <div className={styles.tags}>
      {tags.map((tag, index) => (
        <div key={index} className={styles.tagRow}>
          <input type="text" aria-label={t('field.tagKey', { n: index + 1 })} placeholder={t('field.key')} value={tag.Key} spellCheck={false} onChange={(event) => set(index, { Key: event.target.value })} />
          <input type="text" aria-label={t('field.tagValue', { n: index + 1 })} placeholder={t('field.value')} value={tag.Value} spellCheck={false} onChange={(event) => set(index, { Value: event.target.value })} />
          <IconButton label={t('field.removeTag', { n: index + 1 })} onClick={() => onChange(tags.filter((_, at) => at !== index))}>
            <IconX size={14} />
          </IconButton>
        </div>
      ))}
      <ToolButton icon={<IconPlus size={14} aria-hidden />} onClick={() => onChange([...tags, { Key: '', Value: '' }])}>
        {t('field.addTag')}
      </ToolButton>
    </div>
  );
}
