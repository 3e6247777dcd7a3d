import { EmptyState } from '../../ui/EmptyState.tsx';

export default function CatalogTree() {
  return <EmptyState title="…" />;
}
