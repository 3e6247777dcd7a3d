import { EmptyState } from '../../ui/EmptyState.tsx';

export default function TableTab() {
  return <EmptyState title="…" />;
}
