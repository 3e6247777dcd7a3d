import { EmptyState } from '../../ui/EmptyState.tsx';

export default function ConnectionsDialog(_: { onClose(): void }) {
  return <EmptyState title="…" />;
}
