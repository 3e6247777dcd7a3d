import { EmptyState } from '../../ui/EmptyState.tsx';

export default function ShortcutsDialog(_: { onClose(): void }) {
  return <EmptyState title="…" />;
}
