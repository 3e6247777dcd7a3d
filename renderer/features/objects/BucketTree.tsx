import { EmptyState } from '../../ui/EmptyState.tsx';

export default function BucketTree() {
  return <EmptyState title="…" />;
}
