import { useCallback, useState, type ReactNode } from 'react';
import { CreateBucketDialog } from './CreateBucketDialog.tsx';
import { RemoveBucketDialog } from './RemoveBucketDialog.tsx';

export interface BucketDialogs {
  createBucket(): void;
  emptyBucket(bucket: string): void;
  deleteBucket(bucket: string): void;
  /** To be drawn. */
  dialogs: ReactNode;
}

/** Opens the dialogs that make, empty and remove a bucket. `changed` runs after each, with a new bucket's name. */
export function useBucketDialogs(changed: (created?: string) => void): BucketDialogs {
  const [shown, setShown] = useState<'create' | { purpose: 'empty' | 'delete'; bucket: string } | null>(null);
  const createBucket = useCallback(() => setShown('create'), []);
  const emptyBucket = useCallback((bucket: string) => setShown({ purpose: 'empty', bucket }), []);
  const deleteBucket = useCallback((bucket: string) => setShown({ purpose: 'delete', bucket }), []);
  const close = () => setShown(null);
  const dialogs = shown === null ? null : shown === 'create' ? <CreateBucketDialog onClose={close} created={changed} /> : <RemoveBucketDialog {...shown} onClose={close} changed={() => changed()} />;
  return { createBucket, emptyBucket, deleteBucket, dialogs };
}
