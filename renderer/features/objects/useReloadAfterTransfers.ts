import { useEffect, useRef } from 'react';
import { s3Uri, type ObjectsPlace } from '../../app/openTabs.ts';
import { useTransfers } from '../transfers/useTransfers.ts';

const ENDED = new Set(['done', 'failed', 'cancelled']);

/** Lists a place again when an upload into it, or a delete in it, has ended. */
export function useReloadAfterTransfers({ connectionId, bucket, prefix }: ObjectsPlace & { connectionId: string }, reload: () => void): void {
  const { list, loaded } = useTransfers();
  /** Ended ones that are no news; null until they are known. */
  const known = useRef<Set<string> | null>(null);
  const latest = useRef(reload);
  useEffect(() => {
    latest.current = reload;
  });
  useEffect(() => {
    if (!loaded) return;
    const ended = list.filter(({ state }) => ENDED.has(state));
    const news = known.current === null ? [] : ended.filter(({ id }) => !known.current?.has(id));
    known.current = new Set(ended.map(({ id }) => id));
    const here = s3Uri(bucket, prefix);
    const touchesHere = (uri: string) => uri.startsWith(s3Uri(bucket, '')) && (uri.startsWith(here) || here.startsWith(uri));
    // A delete's source may be said in words ("3 objects in s3://…"): any delete in this connection is worth a look.
    if (news.some(({ connectionId: of, fromConnectionId, kind, source, target }) => (of === connectionId || fromConnectionId === connectionId) && (kind === 'delete' || kind === 'undo' || kind === 'move' || kind === 'storageClass' || (kind !== 'download' && touchesHere(kind === 'edit' ? source : target))))) latest.current();
  }, [list, loaded, connectionId, bucket, prefix]);
}
