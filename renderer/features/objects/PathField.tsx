import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { parseS3Uri, s3Uri, type ObjectsPlace } from '../../app/openTabs.ts';
import type { Client } from '../../client.ts';
import type { ObjectsParams } from './ObjectsTab.tsx';
import styles from './PathField.module.css';

/**
 * What a typed path means: `a/b/` is that folder; `a/b` is the folder `a/b/` where only that exists, the object `a/b`
 * in its folder where that exists, and else everything that starts with it.
 */
async function resolve(client: Client, connectionId: string, { bucket, prefix }: ObjectsPlace): Promise<ObjectsParams> {
  if (prefix === '' || prefix.endsWith('/')) return { bucket, prefix };
  const page = await client.s3.list({ connectionId, bucket, prefix, max: 3 }).catch(() => null); // the listing itself says why not
  if (page?.keys.includes(prefix)) return { bucket, prefix: prefix.slice(0, prefix.lastIndexOf('/') + 1), select: prefix };
  if (page?.keys.length === 0 && page.prefixes.length === 1 && page.prefixes[0] === `${prefix}/`) return { bucket, prefix: `${prefix}/` };
  return { bucket, prefix };
}

/** The textbox "Path": shows where one is, takes any `s3://bucket/prefix`. */
export function PathField({ place, goTo, autoFocus = false }: { place: ObjectsPlace | null; goTo(to: ObjectsParams): void; autoFocus?: boolean }) {
  const { t } = useTranslation('objects');
  const client = useClient();
  const messages = useMessages();
  const { id: connectionId } = useCurrentConnection();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (place ? s3Uri(place.bucket, place.prefix) : '');
  const onKeyDown = async (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') setTyped(null);
    if (event.key !== 'Enter') return;
    const wanted = parseS3Uri(shown);
    if (!wanted) return messages.notify(t('notAPath', { text: shown }), 'warning');
    const to = await resolve(client, connectionId, wanted);
    setTyped(null);
    goTo(to);
  };
  return (
    <input
      type="text"
      aria-label={t('path')}
      className={styles.path}
      placeholder="s3://bucket/prefix/"
      value={shown}
      autoFocus={autoFocus}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setTyped(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={() => setTyped(null)}
      onKeyDown={(event) => void onKeyDown(event)}
    />
  );
}
