import { useCallback, useEffect } from 'react';
import { objectsTitle, type ObjectsPlace } from '../../app/openTabs.ts';
import { useWorkspace, type Tab } from '../../app/workspace.tsx';
import { ChoosePlace } from './ChoosePlace.tsx';
import { ObjectsScreen } from './ObjectsScreen.tsx';
import { usePlaceHistory } from './usePlaceHistory.ts';

export interface ObjectsParams extends ObjectsPlace {
  /** A key to select once it is listed. */
  select?: string;
}

function readParams({ bucket, prefix, select }: Record<string, unknown>): ObjectsParams | null {
  if (typeof bucket !== 'string' || bucket === '') return null;
  return { bucket, prefix: typeof prefix === 'string' ? prefix : '', ...(typeof select === 'string' && { select }) };
}

/** A tab that browses one bucket: the place is the tab's params, so that it comes back and others can steer it. */
export default function ObjectsTab({ tab }: { tab: Tab }) {
  const { updateTab } = useWorkspace();
  const params = readParams(tab.params);
  const goTo = useCallback((to: ObjectsParams) => updateTab(tab.id, { title: objectsTitle(to), params: { ...to } }), [updateTab, tab.id]);
  const history = usePlaceHistory(params, goTo);
  const { title } = tab;
  useEffect(() => {
    if (params && title !== objectsTitle(params)) updateTab(tab.id, { title: objectsTitle(params) });
  }, [params, title, tab.id, updateTab]);
  if (!params) return <ChoosePlace goTo={goTo} />;
  // A new place is a new listing, selection and preview.
  return <ObjectsScreen key={`${params.bucket}/${params.prefix}`} params={params} goTo={goTo} history={history} />;
}
