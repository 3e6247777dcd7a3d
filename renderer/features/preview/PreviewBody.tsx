import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preview, ReadCost } from '../../../shared/contract/preview.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ArchiveView } from './ArchiveView.tsx';
import { HexView } from './HexView.tsx';
import { ImageView } from './ImageView.tsx';
import styles from './PreviewPane.module.css';
import type { OpenEntry, PreviewedObject } from './previewTypes.ts';
import { TableView } from './TableView.tsx';
import { TextView } from './TextView.tsx';

const PdfView = lazy(() => import('./PdfView.tsx'));

interface Props {
  at: PreviewedObject;
  preview: Preview;
  name: string;
  /** The content of an archive's entry, not of the object. */
  entry: boolean;
  onCost(cost: ReadCost): void;
  onEntry: OpenEntry;
}

/** The content as its kind is best seen. */
export function PreviewBody({ at, preview, name, entry, onCost, onEntry }: Props) {
  const { t } = useTranslation('preview');
  const shared = { at, name, onCost };
  switch (preview.kind) {
    case 'table':
      return <TableView {...shared} preview={preview} entry={entry} />;
    case 'text':
      return <TextView {...shared} preview={preview} />;
    case 'image':
      return <ImageView {...shared} preview={preview} />;
    case 'archive':
      return <ArchiveView {...shared} preview={preview} onEntry={onEntry} />;
    case 'hex':
      return <HexView {...shared} preview={preview} />;
    case 'pdf':
      return (
        <Suspense fallback={<p className={styles.reading}>{t('reading')}</p>}>
          <PdfView {...shared} preview={preview} />
        </Suspense>
      );
    case 'empty':
      return <EmptyState title={t('empty')} text={t('emptyText')} />;
  }
}
