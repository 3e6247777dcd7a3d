import { IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownPlace } from '../../../shared/contract/sync.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { parseS3Uri } from '../../app/openTabs.ts';
import { useFolderChooser } from '../../ui/FolderChooser.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import { placeName } from './syncParams.ts';
import styles from './sync.module.css';

interface Props {
  /** "From", "To". */
  label: string;
  place: ShownPlace | undefined;
  onPlace(place: ShownPlace | undefined): void;
}

/** One side of a sync: a folder of this computer, chosen in its dialog, or a bucket's prefix, typed. */
export function PlaceField({ label, place, onPlace }: Props) {
  const { t } = useTranslation('sync');
  const client = useClient();
  const messages = useMessages();
  const chooseFolder = useFolderChooser();
  const { id: connectionId } = useCurrentConnection();
  const [kind, setKind] = useState<ShownPlace['kind'] | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const shownKind = kind ?? place?.kind ?? 'bucket';
  const ofBucket = place?.kind === 'bucket' ? placeName(place) : '';
  const choose = async () => {
    const grant = window.secchi ? (await client.app.choose({ what: 'openFolder' }))?.[0]?.grant : await chooseFolder(t('chooseFolder'));
    if (grant) onPlace(await client.sync.folder({ grant }));
  };
  const commit = () => {
    if (typed === null) return;
    const wanted = parseS3Uri(typed);
    setTyped(null);
    if (!wanted) {
      if (typed.trim()) messages.notify(t('notAPlace', { text: typed }), 'warning');
      return onPlace(undefined);
    }
    onPlace({ kind: 'bucket', connectionId, ...wanted });
  };
  return (
    <div className={styles.place} role="group" aria-label={label}>
      <span className={styles.label}>{label}</span>
      <select
        aria-label={t('placeKind', { side: label })}
        value={shownKind}
        onChange={(event) => {
          setKind(event.target.value as ShownPlace['kind']);
          if (event.target.value !== place?.kind) onPlace(undefined);
        }}
      >
        <option value="bucket">{t('place.bucket')}</option>
        <option value="folder">{t('place.folder')}</option>
        <option value="other" disabled>
          {t('place.other')}
        </option>
      </select>
      {shownKind === 'bucket' ? (
        <input
          type="text"
          className="mono"
          aria-label={t('placeUri', { side: label })}
          placeholder="s3://bucket/prefix/"
          value={typed ?? ofBucket}
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
      ) : (
        <>
          <span className={`${styles.path} mono ellipsis`} title={place?.kind === 'folder' ? place.path : undefined}>
            {place?.kind === 'folder' ? place.path : t('noFolder')}
          </span>
          <ToolButton icon={<IconFolderOpen size={15} aria-hidden />} aria-label={t('chooseFor', { side: label })} onClick={() => void choose().catch(messages.error)}>
            {t('choose')}
          </ToolButton>
        </>
      )}
    </div>
  );
}
