import { EmptyState } from '../../ui/EmptyState.tsx';

export default function CreateTableTab() {
  return <EmptyState title="…" />;
}
