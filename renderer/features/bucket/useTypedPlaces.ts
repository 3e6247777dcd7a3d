import { useMemo } from 'react';
import type { ObjectsPlace } from '../../app/openTabs.ts';
import { useView } from '../../app/workspace.tsx';

export interface TypedPlaces {
  /** `bucket/` or `bucket/prefix/`. */
  ids: readonly string[];
  add(place: ObjectsPlace): void;
  forget(id: string): void;
}

/** The place as the tree has it: the folder the prefix is in. */
const idOf = ({ bucket, prefix }: ObjectsPlace): string => `${bucket}/${prefix.slice(0, prefix.lastIndexOf('/') + 1)}`;

/**
 * Places of a connection that were typed because no listing shows them: who may list neither the buckets nor a bucket's
 * root still finds the prefix again that is allowed.
 */
export function useTypedPlaces(connectionId: string): TypedPlaces {
  const [ids, setIds] = useView<readonly string[]>(`typedPlaces ${connectionId}`, NONE);
  return useMemo(
    () => ({
      ids,
      add: (place) => !ids.includes(idOf(place)) && setIds([...ids, idOf(place)]),
      forget: (id) => setIds(ids.filter((one) => one !== id)),
    }),
    [ids, setIds],
  );
}

const NONE: readonly string[] = [];

export function placeOfId(id: string): ObjectsPlace {
  const slash = id.indexOf('/');
  return { bucket: id.slice(0, slash), prefix: id.slice(slash + 1) };
}
