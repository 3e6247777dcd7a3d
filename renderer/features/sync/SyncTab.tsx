import { IconArrowsExchange, IconListSearch, IconPlayerPlayFilled, IconPlayerStop } from '@tabler/icons-react';
import { useDeferredValue, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncKind } from '../../../shared/contract/sync.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useCommands } from '../../app/commands.tsx';
import { useConnections, useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useMessages } from '../../app/messages.tsx';
import { usePanel } from '../../app/panel.ts';
import { useWorkspace, type Tab } from '../../app/workspace.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FilterField } from '../../ui/FilterField.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ToolButton, Toolbar, ToolbarSpace } from '../../ui/Toolbar.tsx';
import { KindFilter, KINDS } from './KindFilter.tsx';
import { OptionFields } from './OptionFields.tsx';
import { PlaceField } from './PlaceField.tsx';
import { PlanStatus } from './PlanStatus.tsx';
import { SavedPairs } from './SavedPairs.tsx';
import { StartDialog } from './StartDialog.tsx';
import { workOf } from './sums.ts';
import { SyncFoot } from './SyncFoot.tsx';
import { SyncRows } from './SyncRows.tsx';
import { paramsOf, placeOf, shortName, type SyncParams } from './syncParams.ts';
import styles from './sync.module.css';
import { useSyncPlan } from './useSyncPlan.ts';

/** Two places made the same: their plan first, read row by row, then one durable transfer. */
export default function SyncTab({ tab }: { tab: Tab }) {
  const { t } = useTranslation('sync');
  const client = useClient();
  const messages = useMessages();
  const own = useCurrentConnection();
  const { list } = useConnections();
  const { showPanel } = usePanel();
  const { updateTab } = useWorkspace();
  const params = paramsOf(tab.params);
  const { from, to, options, deleteGone, planId } = params;
  /** What is written to, where that is a bucket. */
  const connection = (to?.kind === 'bucket' && list.find(({ id }) => id === to.connectionId)) || own;
  const { plan, error, set } = useSyncPlan(planId);
  const [kinds, setKinds] = useState<SyncKind[]>(['new', 'changed', 'gone', 'problem']);
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed.trim());
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const find = useRef<HTMLInputElement>(null);

  const titleOf = (at: SyncParams) => (at.from && at.to ? t('tabTitle', { from: shortName(at.from), to: shortName(at.to) }) : t('sync'));
  const update = (change: Partial<SyncParams>) => {
    const next = { ...params, ...change };
    updateTab(tab.id, { params: { ...next }, title: titleOf(next) });
  };
  /** What a plan depends on changed: the plan is of no use any more. */
  const change = (what: Partial<SyncParams>) => {
    if (planId !== undefined) void client.sync.drop({ id: planId }).catch(() => undefined); // old ones go by themselves too
    update({ ...what, planId: undefined });
  };
  /** Deletes were allowed between other places. */
  const changePlaces = (what: Partial<SyncParams>) => change({ deleteGone: false, pair: undefined, ...what });
  const planning = plan?.state === 'planning';
  const planNow = async () => {
    if (!from || !to || busy) return;
    setBusy(true);
    try {
      const { id } = await client.sync.plan({ from: placeOf(from), to: placeOf(to), options });
      change({ planId: undefined });
      update({ planId: id });
    } catch (reason) {
      messages.error(reason);
    } finally {
      setBusy(false);
    }
  };
  const stop = () => void (planId && client.sync.stop({ id: planId }).catch(messages.error));
  const start = async (confirmDeletes?: number) => {
    if (!plan) return;
    setAsking(false);
    try {
      const { id } = await client.transfers.sync({ planId: plan.id, deleteGone, confirmDeletes });
      set({ ...plan, transferId: id });
      showPanel('transfers');
    } catch (reason) {
      messages.error(reason);
    }
  };
  const work = plan && workOf(plan, deleteGone);
  const whyNotStart =
    plan?.state !== 'complete'
      ? t('planFirst')
      : plan.transferId !== undefined
        ? t('startedAlready')
        : connection.readOnly && to?.kind === 'bucket'
          ? t('readOnly')
          : work!.files + work!.deletes === 0
            ? t('nothingToDo')
            : undefined;
  const onStart = () => {
    if (whyNotStart) return messages.notify(whyNotStart, 'warning');
    if (work!.deletes > 0) setAsking(true);
    else void start();
  };
  const canPlan = from !== undefined && to !== undefined && !planning && !busy;
  useCommands([
    { id: 'sync.plan', title: t('plan'), keys: ['mod+enter', 'f5'], group: t('sync'), enabled: canPlan, run: () => void planNow() },
    { id: 'sync.stop', title: t('stop'), group: t('sync'), enabled: planning, run: stop },
    { id: 'sync.start', title: t('start'), keys: 'mod+shift+enter', group: t('sync'), enabled: whyNotStart === undefined, run: onStart },
    { id: 'sync.find', title: t('find'), keys: 'mod+f', group: t('sync'), enabled: plan !== undefined, run: () => find.current?.focus() },
    { id: 'sync.swap', title: t('swap'), group: t('sync'), enabled: from !== undefined || to !== undefined, run: () => changePlaces({ from: to, to: from }) },
  ]);
  return (
    <div className={styles.tab}>
      <Toolbar label={t('toolbar')}>
        <SavedPairs params={params} onPair={(pair) => change({ ...pair })} onSaved={(pair) => update({ pair })} />
        <PlanStatus plan={plan} />
        <ToolbarSpace />
        {planning ? (
          <ToolButton icon={<IconPlayerStop size={15} aria-hidden />} onClick={stop}>
            {t('stop')}
          </ToolButton>
        ) : (
          <ToolButton primary={whyNotStart !== undefined} icon={<IconListSearch size={15} aria-hidden />} disabled={!canPlan} title={canPlan ? undefined : t('choosePlaces')} onClick={() => void planNow()}>
            {t(plan ? 'planAgain' : 'plan')}
          </ToolButton>
        )}
        <ToolButton primary={whyNotStart === undefined} icon={<IconPlayerPlayFilled size={14} aria-hidden />} disabled={whyNotStart !== undefined} title={whyNotStart} onClick={onStart}>
          {t('start')}
        </ToolButton>
      </Toolbar>
      <div className={styles.setup}>
        <div className={styles.places}>
          <PlaceField label={t('from')} place={from} onPlace={(place) => changePlaces({ from: place })} />
          <IconButton label={t('swap')} disabled={!from && !to} onClick={() => changePlaces({ from: to, to: from })}>
            <IconArrowsExchange size={16} stroke={1.7} />
          </IconButton>
          <PlaceField label={t('to')} place={to} onPlace={(place) => changePlaces({ to: place })} />
        </div>
        <OptionFields options={options} onOptions={(what) => change({ options: { ...options, ...what } })} deleteGone={deleteGone} onDeleteGone={(value) => update({ deleteGone: value })} />
      </div>
      {error !== undefined && <ErrorNotice error={toAppError(error)} onRetry={canPlan ? () => void planNow() : undefined} />}
      {plan?.error && <ErrorNotice error={plan.error} onRetry={canPlan ? () => void planNow() : undefined} />}
      {!plan && error === undefined && <EmptyState title={t(from && to ? 'ready' : 'empty')} text={t(from && to ? 'readyText' : 'emptyText')} />}
      {plan && plan.state !== 'failed' && (
        <>
          <div className={styles.above}>
            <KindFilter plan={plan} shown={kinds} onShown={(shown) => setKinds(KINDS.filter((kind) => shown.includes(kind)))} />
            <FilterField label={t('find')} value={typed} onChange={setTyped} ref={find} />
          </div>
          {plan.warnings.length > 0 && (
            <ul className={styles.warnings} aria-label={t('warnings')}>
              {plan.warnings.map(({ code, count, example }) => (
                <li key={code}>{t(`warning.${code}`, { count, example })}</li>
              ))}
            </ul>
          )}
          <SyncRows plan={plan} kinds={kinds} text={text} deleteGone={deleteGone} onPlan={set} />
          <SyncFoot plan={plan} deleteGone={deleteGone} />
        </>
      )}
      {asking && plan && <StartDialog plan={plan} connection={connection} onStart={(deletes) => void start(deletes)} onClose={() => setAsking(false)} />}
    </div>
  );
}
