import { EmptyState } from '../../ui/EmptyState.tsx';

export default function Palette(_: { onClose(): void }) {
  return <EmptyState title="…" />;
}
