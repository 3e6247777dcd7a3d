import { Popover } from '@mantine/core';
import { IconChevronDown, IconFile, IconFilePlus, IconFolder, IconFolderPlus, IconTable, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskFile } from '../../../../shared/contract/desk.ts';
import { formatNumber } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { ToolButton } from '../../../ui/Toolbar.tsx';
import styles from './desk.module.css';
import { useDeskFiles, type DeskTables } from './useDesk.ts';

/** Results shown in the list; the others are found by completion. */
const MOST_RESULTS = 30;

interface Props {
  tables: DeskTables | undefined;
  opened: boolean;
  onOpened(opened: boolean): void;
  /** Puts a table's name into the editor. */
  onInsert(name: string): void;
}

/** "Files": what statements of this desk can read. A name goes into the editor by a click; files are added and taken away here. */
export function DeskTablesButton({ tables, opened, onOpened, onInsert }: Props) {
  const { t } = useTranslation('sql');
  const { add, remove } = useDeskFiles();
  const [busy, setBusy] = useState(false);
  const files = tables?.files ?? [];
  const results = tables?.results ?? [];
  const choose = async (what: 'files' | 'folder') => {
    // The chooser is a dialog of its own; the list comes back with what was added.
    onOpened(false);
    setBusy(true);
    const added = await add(what);
    setBusy(false);
    if (added.length > 0) onOpened(true);
  };
  const insert = (name: string) => {
    onOpened(false);
    onInsert(name);
  };
  return (
    <Popover width={560} position="bottom-start" shadow="md" opened={opened} onChange={onOpened} trapFocus returnFocus withinPortal>
      <Popover.Target>
        <ToolButton aria-expanded={opened} disabled={busy} title={t('desk.title')} onClick={() => onOpened(!opened)}>
          <span className="ellipsis">{t('desk.files', { count: files.length })}</span>
          <IconChevronDown size={14} aria-hidden />
        </ToolButton>
      </Popover.Target>
      <Popover.Dropdown className={styles.list}>
        <div className={styles.actions}>
          <ToolButton icon={<IconFilePlus size={15} aria-hidden />} onClick={() => void choose('files')} data-autofocus>
            {t('desk.addFiles')}
          </ToolButton>
          <ToolButton icon={<IconFolderPlus size={15} aria-hidden />} onClick={() => void choose('folder')}>
            {t('desk.addFolder')}
          </ToolButton>
        </div>
        <p className={styles.note}>{t('desk.note')}</p>
        {files.length > 0 && <h3 className={styles.head}>{t('desk.filesHead')}</h3>}
        <ul aria-label={t('desk.filesHead')}>
          {files.map((file) => (
            <li key={file.id} className={styles.row}>
              <button type="button" className={styles.name} title={file.path} onClick={() => insert(`files.${file.name}`)}>
                {file.isFolder ? <IconFolder size={14} aria-hidden /> : <IconFile size={14} aria-hidden />}
                <span className="mono ellipsis">files.{file.name}</span>
              </button>
              <FileFacts file={file} />
              <IconButton label={t('desk.remove', { name: file.name })} onClick={() => void remove(file)}>
                <IconX size={13} />
              </IconButton>
            </li>
          ))}
        </ul>
        {results.length > 0 && <h3 className={styles.head}>{t('desk.resultsHead')}</h3>}
        <ul aria-label={t('desk.resultsHead')}>
          {results.slice(0, MOST_RESULTS).map(({ runId, name, sql, rows }) => (
            <li key={runId} className={styles.row}>
              <button type="button" className={styles.name} title={sql} onClick={() => insert(`results.${name}`)}>
                <IconTable size={14} aria-hidden />
                <span className="mono ellipsis">results.{name}</span>
              </button>
              <span className={`${styles.facts} ellipsis`} title={sql}>
                {t('rows', { count: rows, shown: formatNumber(rows) })} · {sql.replace(/\s+/g, ' ').slice(0, 120)}
              </span>
            </li>
          ))}
        </ul>
        {files.length === 0 && results.length === 0 && <p className={styles.note}>{t('desk.nothing')}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}

function FileFacts({ file }: { file: DeskFile }) {
  const { t } = useTranslation('sql');
  if (file.problem)
    return (
      <span className={`${styles.facts} ${styles.problem} ellipsis`} title={[file.problem.message, file.problem.detail].filter(Boolean).join('\n')}>
        {file.problem.message}
      </span>
    );
  const said = file.columns ? t('desk.columns', { count: file.columns.length }) : t('desk.nothingToRead');
  return (
    <span className={`${styles.facts} ellipsis`} title={file.columns?.map(({ name, type }) => `${name} ${type}`).join('\n') ?? file.path}>
      {[file.format?.toUpperCase(), said, file.path].filter(Boolean).join(' · ')}
    </span>
  );
}
