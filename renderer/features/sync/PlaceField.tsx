import { IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownPlace } from '../../../shared/contract/sync.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useConnections, useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { parseS3Uri } from '../../app/openTabs.ts';
import { ConnectionDot } from '../../ui/ConnectionDot.tsx';
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

/** What a side is: a folder, a bucket of the tab's connection, or one of another connection. */
type Kind = 'folder' | 'bucket' | `on:${string}`;

/** One side of a sync: a folder of this computer, chosen in its dialog, or a bucket's prefix, of any connection, typed. */
export function PlaceField({ label, place, onPlace }: Props) {
  const { t } = useTranslation('sync');
  const client = useClient();
  const messages = useMessages();
  const chooseFolder = useFolderChooser();
  const { id: connectionId } = useCurrentConnection();
  const { list } = useConnections();
  const [kind, setKind] = useState<Kind | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const kindOf = (one: ShownPlace): Kind => (one.kind === 'bucket' && one.connectionId !== connectionId ? `on:${one.connectionId}` : one.kind);
  const shownKind = place ? kindOf(place) : (kind ?? 'bucket');
  const others = list.filter(({ id }) => id !== connectionId);
  const elsewhere = shownKind.startsWith('on:') ? shownKind.slice(3) : undefined;
  const other = others.find(({ id }) => id === elsewhere);
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
    onPlace({ kind: 'bucket', connectionId: elsewhere ?? connectionId, ...wanted });
  };
  return (
    <div className={styles.place} role="group" aria-label={label}>
      <span className={styles.label}>{label}</span>
      <select
        aria-label={t('placeKind', { side: label })}
        value={shownKind}
        onChange={(event) => {
          const next = event.target.value as Kind;
          setKind(next);
          if (next === 'folder' || place?.kind !== 'bucket') onPlace(undefined);
          else onPlace({ ...place, connectionId: next === 'bucket' ? connectionId : next.slice(3) });
        }}
      >
        <option value="bucket">{t('place.bucket')}</option>
        <option value="folder">{t('place.folder')}</option>
        <optgroup label={t('place.others')}>
          {others.map(({ id, name }) => (
            <option key={id} value={`on:${id}`}>
              {name}
            </option>
          ))}
          {others.length === 0 && <option disabled>{t('place.noOther')}</option>}
          {elsewhere !== undefined && !other && <option value={shownKind}>{t('place.removed')}</option>}
        </optgroup>
      </select>
      {other && <ConnectionDot colour={other.colour} />}
      {shownKind !== 'folder' ? (
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
