import { useState, type DragEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { s3Uri, type ObjectsPlace } from '../../app/openTabs.ts';
import { usePanel } from '../../app/panel.ts';
import { droppedFiles } from '../transfers/droppedFiles.ts';
import { DRAGGED_OBJECTS, draggedObjects } from '../transfers/objectClipboard.ts';
import { useUpload } from '../transfers/useUpload.ts';
import styles from './ObjectsScreen.module.css';

const hasObjects = (event: DragEvent): boolean => event.dataTransfer.types.includes(DRAGGED_OBJECTS);
const isOurs = (event: DragEvent): boolean => hasObjects(event) || event.dataTransfer.types.includes('Files');

/** Files and folders dropped on the list are uploaded to its place, objects of another objects tab are copied there (Shift: moved). */
export function DropZone({ place, children }: { place: ObjectsPlace; children: ReactNode }) {
  const { t } = useTranslation('objects');
  const messages = useMessages();
  const client = useClient();
  const { showPanel } = usePanel();
  const { id: connectionId, readOnly, name } = useCurrentConnection();
  const upload = useUpload();
  // Enter and leave come in pairs for every child passed over.
  const [depth, setDepth] = useState(0);
  const [takes, setTakes] = useState<'files' | 'objects'>('files');
  /** Objects dropped where they were taken from stay there. */
  const copyHere = (move: boolean) => {
    const objects = draggedObjects();
    if (!objects || (objects.connectionId === connectionId && objects.bucket === place.bucket && objects.prefix === place.prefix)) return;
    const { prefix: basePrefix, ...from } = objects;
    client.transfers.copy({ ...from, basePrefix, toConnectionId: connectionId, toBucket: place.bucket, toPrefix: place.prefix, move }).then(() => showPanel('transfers'), messages.error);
  };
  const onDrop = (event: DragEvent) => {
    if (!isOurs(event)) return;
    event.preventDefault();
    setDepth(0);
    if (readOnly) return messages.notify(t('readOnlyDrop', { name }), 'warning');
    if (hasObjects(event)) return copyHere(event.shiftKey);
    // The entries must be taken before the event is over; reading them may take long.
    droppedFiles(event.dataTransfer).then((files) => upload(place, files), messages.error);
  };
  return (
    <div
      className={styles.drop}
      onDragEnter={(event) => {
        if (!isOurs(event)) return;
        setTakes(hasObjects(event) ? 'objects' : 'files');
        setDepth(depth + 1);
      }}
      onDragLeave={(event) => isOurs(event) && setDepth(Math.max(0, depth - 1))}
      onDragOver={(event) => {
        if (!isOurs(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = readOnly ? 'none' : hasObjects(event) && event.shiftKey ? 'move' : 'copy';
      }}
      onDrop={onDrop}
    >
      {children}
      {depth > 0 && <div className={styles.dropping}>{readOnly ? t('readOnlyReason') : t(takes === 'objects' ? 'dropObjectsHere' : 'dropHere', { place: s3Uri(place.bucket, place.prefix) })}</div>}
    </div>
  );
}
