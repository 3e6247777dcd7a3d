import { useCallback, useEffect, useRef, useState } from 'react';
import type { MultipartUpload } from '../../../shared/contract/s3Bucket.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { isCancelled, toAppError } from '../../app/errors.ts';
import { useMessages } from '../../app/messages.tsx';

/** Sized per call; the backend asks eight at a time. */
const BATCH = 100;
const ABORT_BATCH = 1000;

type Size = { parts: number; bytes: number } | null;

/** Unfinished uploads, page by page, with what is known of their sizes. */
export function useUploads(bucket: string, prefix: string) {
  const client = useClient();
  const messages = useMessages();
  const { id: connectionId } = useCurrentConnection();
  const [uploads, setUploads] = useState<readonly MultipartUpload[]>([]);
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map());
  const [state, setState] = useState<'listing' | 'complete'>('listing');
  const [sizing, setSizing] = useState(false);
  const [error, setError] = useState<AppErrorData | null>(null);
  const running = useRef<AbortController>(undefined);

  const stop = useCallback(() => running.current?.abort(), []);
  const list = useCallback(async () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    setUploads([]);
    setError(null);
    setState('listing');
    try {
      let next: { keyMarker: string; uploadIdMarker: string } | undefined;
      do {
        const page = await client.s3Bucket.uploads({ connectionId, bucket, prefix, ...next }, { signal });
        if (signal.aborted) return;
        setUploads((before) => [...before, ...page.uploads]);
        next = page.next;
      } while (next);
    } catch (reason) {
      if (!isCancelled(reason)) setError(toAppError(reason));
    } finally {
      if (running.current === controller) setState('complete');
    }
  }, [client, connectionId, bucket, prefix]);
  useEffect(() => {
    const soon = setTimeout(() => void list(), 200); // while a prefix is typed
    return () => {
      clearTimeout(soon);
      running.current?.abort();
    };
  }, [list]);

  const measure = async () => {
    setSizing(true);
    try {
      const unknown = uploads.filter(({ uploadId }) => !sizes.get(uploadId));
      for (let at = 0; at < unknown.length; at += BATCH) {
        const batch = unknown.slice(at, at + BATCH).map(({ key, uploadId }) => ({ key, uploadId }));
        const { sizes: found, error: failure } = await client.s3Bucket.uploadSizes({ connectionId, bucket, uploads: batch });
        setSizes((before) => new Map([...before, ...batch.map(({ uploadId }, index) => [uploadId, found[index] ?? null] as const)]));
        if (failure) {
          messages.error(failure);
          break;
        }
      }
    } catch (reason) {
      messages.error(reason);
    }
    setSizing(false);
  };

  const abort = async (chosen: readonly MultipartUpload[]) => {
    try {
      for (let at = 0; at < chosen.length; at += ABORT_BATCH) {
        const batch = chosen.slice(at, at + ABORT_BATCH).map(({ key, uploadId }) => ({ key, uploadId }));
        const { failed } = await client.s3Bucket.abortUploads({ connectionId, bucket, uploads: batch });
        if (failed[0]) messages.error(failed[0].error);
      }
    } catch (reason) {
      messages.error(reason);
    }
    await list();
  };
  return { uploads, sizes, state, error, sizing, list: () => void list(), stop, measure, abort };
}
