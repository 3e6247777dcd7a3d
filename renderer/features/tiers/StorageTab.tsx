import type { Tab } from '../../app/workspace.tsx';

/** Where the bytes of a prefix lie. */
export default function StorageTab({ tab }: { tab: Tab }) {
  return <div>{tab.title}</div>;
}
