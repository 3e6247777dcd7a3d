import { EmptyState } from '../../ui/EmptyState.tsx';

export default function ObjectsTab() {
  return <EmptyState title="…" />;
}
