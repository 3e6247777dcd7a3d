import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowRight, IconBucket, IconCommand, IconSettings2, IconTable } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Command as Cmdk } from 'cmdk';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCommandList } from '../../app/commands.tsx';
import { useConnections } from '../../app/connectionContext.tsx';
import { shownShortcut } from '../../app/keys.ts';
import { BUCKET_WORDS, PARTS, useOpenBucket } from '../../app/openBucket.ts';
import { parseS3Uri, s3Uri, useOpenTabs } from '../../app/openTabs.ts';
import { tabKinds } from '../../app/tabKinds.tsx';
import { useWorkspace } from '../../app/workspace.tsx';
import { ConnectionDot } from '../../ui/ConnectionDot.tsx';
import { keepActiveDescendant } from './activeDescendant.ts';
import styles from './Palette.module.css';

interface ItemProps {
  value: string;
  icon: ReactNode;
  label: string;
  note?: ReactNode;
  onSelect(): void;
}

function Item({ value, icon, label, note, onSelect }: ItemProps) {
  return (
    <Cmdk.Item value={value} onSelect={onSelect} className={styles.item}>
      <span className={styles.icon}>{icon}</span>
      <span className="ellipsis">{label}</span>
      {note !== undefined && <span className={styles.note}>{note}</span>}
    </Cmdk.Item>
  );
}

/** Holds the text that was searched for, so that cmdk's own filter keeps what matched by a column. */
const tableValue = ({ database, table }: { database: string; table: string }, text: string): string => `table ${database}.${table} ${text}`;

/** Go to anything: a typed `s3://` path, tabs, tables, buckets, connections, and every command. */
export default function Palette({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('palette');
  const { t: ofBucket } = useTranslation('bucket');
  const client = useClient();
  const openBucket = useOpenBucket();
  const { list: connections, current, switchTo } = useConnections();
  const { tabs, activeTabId, activateTab } = useWorkspace();
  const { openObjects, openTable } = useOpenTabs();
  const commands = useCommandList();
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text.trim(), 150);
  const connectionId = current.id;
  const isPath = /^s3[an]?:\/\//i.test(text.trim());
  const place = isPath ? parseS3Uri(text) : null;
  const buckets = useQuery({ queryKey: ['buckets', connectionId], queryFn: ({ signal }) => client.s3.buckets({ connectionId }, { signal }) });
  const tables = useQuery({
    queryKey: ['catalogSearch', connectionId, settled],
    queryFn: ({ signal }) => client.catalog.search({ connectionId, text: settled, max: 20 }, { signal }),
    enabled: settled.length > 1 && !isPath,
  });
  const [picked, setPicked] = useState('');
  const [seen, setSeen] = useState(tables.data);
  if (tables.data !== seen) {
    // Tables come after the commands; one that holds the text is what was meant.
    setSeen(tables.data);
    const best = tables.data?.find(({ table }) => table.toLowerCase().includes(settled.toLowerCase()));
    if (best && !picked.startsWith('tab ')) setPicked(tableValue(best, settled));
  }
  const run = (act: () => void) => () => {
    onClose();
    // The dialog gives the focus back first; what runs may want it.
    setTimeout(act, 0);
  };
  return (
    <Modal.Root opened onClose={onClose} size={560} padding={0} yOffset="12vh" centered={false} transitionProps={{ duration: 0 }}>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content aria-label={t('title')}>
        <Modal.Body className={styles.body}>
          <Cmdk ref={keepActiveDescendant} label={t('title')} loop value={picked} onValueChange={setPicked} className={styles.palette}>
            <Cmdk.Input value={text} onValueChange={setText} placeholder={t('placeholder')} className={styles.input} data-autofocus aria-label={t('title')} />
            <Cmdk.List className={styles.list} label={t('results')}>
              <Cmdk.Empty className={styles.empty}>{t('nothing')}</Cmdk.Empty>
              {place && (
                <Cmdk.Group heading={t('goTo')}>
                  <Item value={text} icon={<IconArrowRight size={15} />} label={s3Uri(place.bucket, place.prefix)} onSelect={run(() => openObjects(place))} />
                </Cmdk.Group>
              )}
              {tabs.length > 0 && (
                <Cmdk.Group heading={t('tabs')}>
                  {tabs
                    .filter(({ id }) => id !== activeTabId)
                    .map(({ id, kind, title }) => {
                      const Kind = tabKinds[kind].icon;
                      return <Item key={id} value={`tab ${title} ${id}`} icon={<Kind size={15} />} label={title} onSelect={run(() => activateTab(id))} />;
                    })}
                </Cmdk.Group>
              )}
              {tables.data && tables.data.length > 0 && (
                <Cmdk.Group heading={t('tables')}>
                  {tables.data.map(({ database, table, matchedColumns }) => (
                    <Item
                      key={`${database}.${table}`}
                      value={tableValue({ database, table }, settled)}
                      icon={<IconTable size={15} />}
                      label={`${database}.${table}`}
                      note={matchedColumns.slice(0, 3).join(', ')}
                      onSelect={run(() => openTable(database, table))}
                    />
                  ))}
                </Cmdk.Group>
              )}
              <Cmdk.Group heading={t('commands')}>
                {commands
                  .filter(({ hidden, enabled }) => !hidden && enabled !== false)
                  .map(({ id, title, keys, group, run: act }) => (
                    <Item
                      key={id}
                      value={`${title} ${group ?? ''} ${id}`}
                      icon={<IconCommand size={15} />}
                      label={title}
                      note={keys !== undefined ? <kbd>{shownShortcut([keys].flat()[0] ?? '')}</kbd> : group}
                      onSelect={run(act)}
                    />
                  ))}
              </Cmdk.Group>
              {buckets.data && buckets.data.length > 0 && (
                <Cmdk.Group heading={t('buckets')}>
                  {buckets.data.slice(0, 500).map(({ name }) => (
                    <Item key={name} value={`bucket s3://${name}`} icon={<IconBucket size={15} />} label={name} onSelect={run(() => openObjects({ bucket: name, prefix: '' }))} />
                  ))}
                  {/* The parts of each are many: only once something was typed to find one by. */}
                  {settled.length > 1 &&
                    buckets.data.slice(0, 500).flatMap(({ name }) =>
                      PARTS.map((part) => (
                        <Item key={`${name} ${part}`} value={`bucket ${name} ${ofBucket(BUCKET_WORDS[part])}`} icon={<IconSettings2 size={15} />} label={name} note={ofBucket(BUCKET_WORDS[part])} onSelect={run(() => openBucket(name, part))} />
                      )),
                    )}
                </Cmdk.Group>
              )}
              {connections.length > 1 && (
                <Cmdk.Group heading={t('connections')}>
                  {connections
                    .filter(({ id }) => id !== connectionId)
                    .map(({ id, name, colour, region }) => (
                      <Item key={id} value={`connection ${name} ${id}`} icon={<ConnectionDot colour={colour} />} label={name} note={region} onSelect={run(() => switchTo(id))} />
                    ))}
                </Cmdk.Group>
              )}
            </Cmdk.List>
          </Cmdk>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
