import { EmptyState } from '../../ui/EmptyState.tsx';

export default function SettingsDialog(_: { onClose(): void }) {
  return <EmptyState title="…" />;
}
