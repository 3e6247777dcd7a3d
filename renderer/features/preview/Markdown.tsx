import { useTranslation } from 'react-i18next';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import styles from './PreviewPane.module.css';

/** Markdown of somebody else's: no HTML of its own, no link that leads anywhere, no picture that is fetched. */
export default function Markdown({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation('preview');
  return (
    <div className={styles.markdown} tabIndex={0} role="document" aria-label={label}>
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        skipHtml
        components={{
          a: ({ href, children }) => (
            <span className={styles.deadLink} title={t('notFollowed', { address: href ?? '' })}>
              {children}
            </span>
          ),
          img: ({ src, alt }) => <span className={styles.quiet} title={typeof src === 'string' ? src : undefined}>{`[${t('picture')}${alt ? `: ${alt}` : ''}]`}</span>,
          input: ({ checked }) => <input type="checkbox" checked={checked ?? false} readOnly disabled aria-label={t('task')} />,
        }}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
