import { useState, type DragEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { s3Uri, type ObjectsPlace } from '../../app/openTabs.ts';
import { droppedFiles } from '../transfers/droppedFiles.ts';
import { useUpload } from '../transfers/useUpload.ts';
import styles from './ObjectsScreen.module.css';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/** Files and folders dropped on the list are uploaded to its place. */
export function DropZone({ place, children }: { place: ObjectsPlace; children: ReactNode }) {
  const { t } = useTranslation('objects');
  const messages = useMessages();
  const { readOnly, name } = useCurrentConnection();
  const upload = useUpload();
  // Enter and leave come in pairs for every child passed over.
  const [depth, setDepth] = useState(0);
  const onDrop = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setDepth(0);
    if (readOnly) return messages.notify(t('readOnlyDrop', { name }), 'warning');
    // The entries must be taken before the event is over; reading them may take long.
    droppedFiles(event.dataTransfer).then((files) => upload(place, files), messages.error);
  };
  return (
    <div
      className={styles.drop}
      onDragEnter={(event) => hasFiles(event) && setDepth(depth + 1)}
      onDragLeave={(event) => hasFiles(event) && setDepth(Math.max(0, depth - 1))}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = readOnly ? 'none' : 'copy';
      }}
      onDrop={onDrop}
    >
      {children}
      {depth > 0 && <div className={styles.dropping}>{readOnly ? t('readOnlyReason') : t('dropHere', { place: s3Uri(place.bucket, place.prefix) })}</div>}
    </div>
  );
}
