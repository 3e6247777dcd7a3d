import { EmptyState } from '../../ui/EmptyState.tsx';

export default function TransfersPanel() {
  return <EmptyState title="…" />;
}
