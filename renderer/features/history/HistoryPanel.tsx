import { EmptyState } from '../../ui/EmptyState.tsx';

export default function HistoryPanel() {
  return <EmptyState title="…" />;
}
