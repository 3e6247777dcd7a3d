import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../ui/Facts.tsx';
import styles from './PreviewPane.module.css';
import type { ViewProps } from './previewTypes.ts';
import { ViewTabs } from './ViewTabs.tsx';

const Markdown = lazy(() => import('./Markdown.tsx'));

/** Text as it is; Markdown also as it is meant. */
export function TextView({ preview, name }: ViewProps<'text'>) {
  const { t } = useTranslation('preview');
  const [view, setView] = useState<'rendered' | 'source'>('rendered');
  const { text, markdown, compression, truncated } = preview;
  const rendered = markdown && view === 'rendered';
  return (
    <>
      {compression && (
        <div className={styles.facts}>
          <Facts facts={[[t('compression'), compression]]} />
        </div>
      )}
      {markdown && <ViewTabs<'rendered' | 'source'> label={t('views')} tabs={[['rendered', t('rendered')], ['source', t('source')]]} chosen={view} onChoose={setView} />}
      {rendered ? (
        <Suspense fallback={<p className={styles.reading}>{t('reading')}</p>}>
          <Markdown text={text} label={name} />
        </Suspense>
      ) : (
        <pre className={styles.text} tabIndex={0} aria-label={name}>
          {text}
          {truncated && <span className={styles.quiet}>{`\n… ${t('truncated')}`}</span>}
        </pre>
      )}
    </>
  );
}
