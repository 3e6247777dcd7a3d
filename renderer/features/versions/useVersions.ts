import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';

/** What a versions tab shows: everything at a prefix, or the versions of one key. */
export interface VersionsPlace {
  bucket: string;
  prefix: string;
  key?: string | undefined;
}

export interface Version {
  key: string;
  versionId: string;
  latest: boolean;
  /** A delete marker: it has no content. */
  marker: boolean;
  /** Bytes. */
  size: number;
  modified: string;
  storageClass: string;
}

export type VersionRow = { kind: 'folder'; prefix: string } | ({ kind: 'version' } & Version);

type Marker = { keyMarker: string; versionIdMarker?: string | undefined };

/** The versions page by page, as rows in S3's order; the next page is asked for when the end comes into view. */
export function useVersions({ bucket, prefix, key }: VersionsPlace) {
  const client = useClient();
  const { id: connectionId } = useCurrentConnection();
  const pages = useInfiniteQuery({
    queryKey: ['versions', connectionId, bucket, prefix, key],
    queryFn: ({ pageParam, signal }) => client.s3Versions.list({ connectionId, bucket, prefix, key, ...pageParam }, { signal }),
    initialPageParam: undefined as Marker | undefined,
    getNextPageParam: ({ next }) => next,
    staleTime: 0,
  });
  const rows = useMemo(
    () =>
      (pages.data?.pages ?? []).flatMap((page): VersionRow[] => [
        ...page.prefixes.map((folder) => ({ kind: 'folder' as const, prefix: folder })),
        ...page.keys.map((name, at) => ({
          kind: 'version' as const,
          key: name,
          versionId: page.versionIds[at]!,
          latest: page.latest[at]!,
          marker: page.markers[at]!,
          size: page.sizes[at]!,
          modified: page.modified[at]!,
          storageClass: page.storageClasses[at]!,
        })),
      ]),
    [pages.data],
  );
  return { ...pages, rows };
}
