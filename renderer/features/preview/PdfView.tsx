import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorData } from '../../../shared/errors.ts';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { NumberField } from './NumberField.tsx';
import { openPdf, type OpenPdf } from './pdf.ts';
import styles from './PreviewPane.module.css';
import type { ViewProps } from './previewTypes.ts';

/** Pages of a PDF, one at a time, drawn on a canvas; of the file only what the page needs is read. */
export default function PdfView({ at, preview, name, onCost }: ViewProps<'pdf'>) {
  const { t } = useTranslation('preview');
  const client = useClient();
  const [pdf, setPdf] = useState<OpenPdf>();
  const [page, setPage] = useState(1);
  const [drawing, setDrawing] = useState(true);
  const [error, setError] = useState<AppErrorData>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const { size, budget } = preview.cost;
  const { connectionId, bucket, key, versionId } = at;

  useEffect(() => {
    const opening = openPdf({
      size,
      budget,
      words: { password: t('pdfPassword'), budget: t('pdfBudget') },
      read: async (start, length, signal) => {
        const answer = await client.preview.bytes({ connectionId, bucket, key, versionId, start, length }, { signal });
        onCost(answer.cost);
        return answer.data;
      },
    });
    let wanted = true;
    opening.opened.then(
      (opened) => wanted && setPdf(opened),
      (cause: unknown) => wanted && setError(toAppError(cause)),
    );
    return () => {
      wanted = false;
      opening.close();
    };
  }, [client, connectionId, bucket, key, versionId, size, budget, onCost, t]);

  useEffect(() => {
    if (!pdf || !canvas.current || !frame.current) return;
    const controller = new AbortController();
    setDrawing(true);
    pdf.draw(page, canvas.current, frame.current.clientWidth - 24, controller.signal).then(
      () => controller.signal.aborted || setDrawing(false),
      (cause: unknown) => controller.signal.aborted || setError(toAppError(cause)),
    );
    return () => controller.abort();
  }, [pdf, page]);

  const pages = pdf?.pages ?? 0;
  const go = (to: number) => setPage(Math.max(1, Math.min(pages, to)));
  if (error) return <ErrorNotice error={error} />;
  return (
    <>
      <div className={styles.bar} role="toolbar" aria-label={t('pagesBar')}>
        <IconButton label={t('pageBefore')} disabled={page <= 1} onClick={() => go(page - 1)}>
          <IconChevronLeft size={15} />
        </IconButton>
        <span className={styles.quiet} aria-live="polite">
          {pages > 0 ? t('pageOf', { page: formatNumber(page), all: formatNumber(pages) }) : t('reading')}
        </span>
        <IconButton label={t('pageAfter')} disabled={page >= pages} onClick={() => go(page + 1)}>
          <IconChevronRight size={15} />
        </IconButton>
        {pages > 2 && <NumberField label={t('goToPage')} onGo={go} />}
        {pages > 0 && drawing && <span className={styles.quiet}>{t('reading')}</span>}
      </div>
      <div
        ref={frame}
        className={styles.pdf}
        tabIndex={0}
        role="region"
        aria-label={t('pagesOf', { name })}
        onKeyDown={(event) => {
          if (event.key === 'PageDown') go(page + 1);
          else if (event.key === 'PageUp') go(page - 1);
          else return;
          event.preventDefault();
        }}
      >
        <canvas ref={canvas} role="img" aria-label={t('pageOf', { page: formatNumber(page), all: formatNumber(pages) })} />
      </div>
    </>
  );
}
