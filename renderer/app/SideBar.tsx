import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Splitter } from '../ui/Splitter.tsx';
import { useConnections } from './connectionContext.tsx';
import { useLocalLake } from './localLake.ts';
import type { RailPart } from './Rail.tsx';
import { ScreenBoundary } from './ScreenBoundary.tsx';
import { useSignInEpoch } from './signIn.ts';
import styles from './SideBar.module.css';
import { useView } from './workspace.tsx';

const BucketTree = lazy(() => import('../features/objects/BucketTree.tsx'));
const CatalogTree = lazy(() => import('../features/catalog/CatalogTree.tsx'));
const DashboardsSection = lazy(() => import('../features/dashboards/DashboardsSection.tsx'));
const ComingParts = lazy(() => import('../features/move/ComingParts.tsx'));

/** The trees of the chosen part: buckets first in Store, the catalog first in Analyse; both are always there. */
export function SideBar() {
  const { t } = useTranslation('window');
  const [part] = useView<RailPart>('part', 'analyse');
  const [lowerHeight, setLowerHeight] = useView('sideLowerHeight', 180);
  const { current } = useConnections();
  const lake = useLocalLake();
  const signedIn = useSignInEpoch(current.id);
  if (part === 'move') {
    return (
      <Suspense>
        <ComingParts />
      </Suspense>
    );
  }
  // Trees read while the sample lake was still being filled are read again once it is.
  const filled = current.kind !== 'local' || lake?.state !== 'filling';
  const version = `${filled} ${signedIn}`;
  const buckets = <BucketTree key={`buckets ${current.id}`} version={version} />;
  const catalog = <CatalogTree key={`catalog ${current.id}`} version={version} />;
  const [upper, lower] = part === 'store' ? [buckets, catalog] : [catalog, buckets];
  const section = (tree: ReactNode) => (
    <ScreenBoundary>
      <Suspense>{tree}</Suspense>
    </ScreenBoundary>
  );
  return (
    <div className={styles.side}>
      <div className={styles.upper}>{section(upper)}</div>
      <Splitter direction="rows" reverse label={t('resizeTrees')} size={lowerHeight} min={60} max={600} onResize={setLowerHeight} />
      <div className={styles.lower} style={{ height: lowerHeight }}>
        {section(lower)}
      </div>
      {part === 'analyse' && <div className={styles.dashboards}>{section(<DashboardsSection />)}</div>}
    </div>
  );
}
