import { useQuery } from '@tanstack/react-query';
import type { ObjectFacts } from '../../../shared/contract/s3Objects.ts';
import { useClient } from '../../app/clientContext.tsx';
import { bytesOf } from '../preview/hexDump.ts';
import { MOST_TEXT, sameContent, textOf } from './comparison.ts';

export type ComparedContent =
  | { kind: 'same' }
  | { kind: 'texts'; before: string; after: string }
  | { kind: 'images'; before: string; after: string }
  /** Not compared: too large, no text, or in an archive class. */
  | { kind: 'none'; why: 'large' | 'binary' | 'archived' };

const IMAGE = /\.(png|jpe?g|gif|webp|avif|svg)$/i;

/** The contents of two versions of a key, as far as they can be shown beside each other. */
export function useComparedContent(at: { connectionId: string; bucket: string; key: string }, versions: { before: string; after: string }, facts: { before: ObjectFacts; after: ObjectFacts } | undefined) {
  const client = useClient();
  return useQuery({
    queryKey: ['comparedContent', at, versions],
    enabled: facts !== undefined,
    retry: false,
    queryFn: async ({ signal }): Promise<ComparedContent> => {
      const { before, after } = facts!;
      if (sameContent(before, after)) return { kind: 'same' };
      if ([before, after].some(({ archive: { state } }) => state === 'archived' || state === 'restoring')) return { kind: 'none', why: 'archived' };
      const [left, right] = [versions.before, versions.after].map((versionId) => ({ ...at, versionId })) as [{ versionId: string } & typeof at, { versionId: string } & typeof at];
      if (IMAGE.test(at.key)) {
        const [one, other] = await Promise.all([client.preview.open(left, { signal }), client.preview.open(right, { signal })]);
        if (one.kind === 'image' && other.kind === 'image') return { kind: 'images', before: `data:${one.mediaType};base64,${one.data}`, after: `data:${other.mediaType};base64,${other.data}` };
      }
      if (before.size > MOST_TEXT || after.size > MOST_TEXT) return { kind: 'none', why: 'large' };
      const read = async (which: typeof left, { size }: ObjectFacts) => (size === 0 ? '' : textOf(bytesOf((await client.preview.bytes({ ...which, start: 0, length: size }, { signal })).data)));
      const [one, other] = await Promise.all([read(left, before), read(right, after)]);
      return one === undefined || other === undefined ? { kind: 'none', why: 'binary' } : { kind: 'texts', before: one, after: other };
    },
  });
}
