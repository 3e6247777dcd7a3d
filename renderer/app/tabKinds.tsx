import { IconBucket, IconChartBar, IconChartLine, IconEye, IconFileCode, IconGitCompare, IconHistory, IconLayoutDashboard, IconRefreshDot, IconSettings2, IconTable, IconTablePlus, type Icon } from '@tabler/icons-react';
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { Tab, TabKind } from './workspace.tsx';

export type TabComponent = ComponentType<{ tab: Tab }>;

interface TabKindEntry {
  icon: Icon;
  component: LazyExoticComponent<TabComponent>;
}

/** What each kind of tab is drawn by. A new screen adds one line. */
export const tabKinds: Record<TabKind, TabKindEntry> = {
  objects: { icon: IconBucket, component: lazy(() => import('../features/objects/ObjectsTab.tsx')) },
  sql: { icon: IconFileCode, component: lazy(() => import('../features/sql/SqlTab.tsx')) },
  table: { icon: IconTable, component: lazy(() => import('../features/catalog/TableTab.tsx')) },
  storage: { icon: IconChartBar, component: lazy(() => import('../features/tiers/StorageTab.tsx')) },
  versions: { icon: IconHistory, component: lazy(() => import('../features/versions/VersionsTab.tsx')) },
  compare: { icon: IconGitCompare, component: lazy(() => import('../features/versions/CompareTab.tsx')) },
  sync: { icon: IconRefreshDot, component: lazy(() => import('../features/sync/SyncTab.tsx')) },
  preview: { icon: IconEye, component: lazy(() => import('../features/preview/PreviewTab.tsx')) },
  bucket: { icon: IconSettings2, component: lazy(() => import('../features/bucket/BucketTab.tsx')) },
  chart: { icon: IconChartLine, component: lazy(() => import('../features/charts/ChartTab.tsx')) },
  dashboard: { icon: IconLayoutDashboard, component: lazy(() => import('../features/dashboards/DashboardTab.tsx')) },
  createTable: { icon: IconTablePlus, component: lazy(() => import('../features/catalog/CreateTableTab.tsx')) },
};
