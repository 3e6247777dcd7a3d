import { IconCopy, IconTextPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMessages } from '../../app/messages.tsx';
import { useTheme } from '../../app/themeStore.ts';
import { LazySqlEditor } from '../../editor/LazySqlEditor.tsx';
import { copyText } from '../../ui/clipboard.ts';
import { ToolButton } from '../../ui/Toolbar.tsx';
import styles from './catalog.module.css';

/** The statement that makes the table again. */
export function TableDdl({ id, ddl, onOpen }: { id: string; ddl: string; onOpen(): void }) {
  const { t } = useTranslation('catalog');
  const messages = useMessages();
  const theme = useTheme();
  return (
    <div className={styles.listed}>
      <div className={styles.above}>
        <ToolButton icon={<IconCopy size={14} aria-hidden />} onClick={() => void copyText(ddl).then(() => messages.notify(t('ddlCopied'), 'success'))}>
          {t('copyDdl')}
        </ToolButton>
        <ToolButton icon={<IconTextPlus size={14} aria-hidden />} onClick={onOpen}>
          {t('insert')}
        </ToolButton>
      </div>
      <div className={styles.editor}>
        <LazySqlEditor key={ddl} documentId={`${id}.ddl.${hash(ddl)}`} initialText={ddl} theme={theme} label={t('part.ddl')} readOnly wrap />
      </div>
    </div>
  );
}

/** Tells one version of the statement from another, so that each gets its own document. */
const hash = (text: string): number => [...text].reduce((sum, ch) => (sum * 31 + (ch.codePointAt(0) ?? 0)) | 0, 7);
