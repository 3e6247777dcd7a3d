import { useCallback, useState, type ReactNode } from 'react';
import { CreateBucketDialog } from './CreateBucketDialog.tsx';
import { DeleteBucketDialog } from './DeleteBucketDialog.tsx';

/** Opens the dialogs that make and remove a bucket; `dialogs` is to be drawn. `changed` runs after either, with a new bucket's name. */
export function useBucketDialogs(changed: (created?: string) => void): { createBucket(): void; deleteBucket(bucket: string): void; dialogs: ReactNode } {
  const [shown, setShown] = useState<{ create: true } | { remove: string } | null>(null);
  const createBucket = useCallback(() => setShown({ create: true }), []);
  const deleteBucket = useCallback((remove: string) => setShown({ remove }), []);
  const close = () => setShown(null);
  const dialogs =
    shown === null ? null : 'create' in shown ? (
      <CreateBucketDialog onClose={close} created={changed} />
    ) : (
      <DeleteBucketDialog bucket={shown.remove} onClose={close} deleted={() => changed()} />
    );
  return { createBucket, deleteBucket, dialogs };
}
