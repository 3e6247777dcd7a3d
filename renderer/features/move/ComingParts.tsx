import { EmptyState } from '../../ui/EmptyState.tsx';

export default function ComingParts() {
  return <EmptyState title="…" />;
}
