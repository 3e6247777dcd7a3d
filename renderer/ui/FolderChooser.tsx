import { Button, Group, Modal, TextInput } from '@mantine/core';
import { IconArrowUp, IconFile, IconFolder } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../app/clientContext.tsx';
import { toAppError } from '../app/errors.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import styles from './FolderChooser.module.css';
import { IconButton } from './IconButton.tsx';

type Wanted = 'folder' | 'file';
type Choose = (title: string, what?: Wanted) => Promise<string | null>;
const ChooserContext = createContext<Choose | null>(null);

/** The browser host's chooser of a folder, or of a file to read, over the backend's disk: answers with a grant, null where it was cancelled. */
export function useFolderChooser(): Choose {
  const choose = useContext(ChooserContext);
  if (!choose) throw new Error('useFolderChooser is used outside FolderChooserProvider.');
  return choose;
}

function FolderChooser({ title, what, onDone }: { title: string; what: Wanted; onDone(grant: string | null): void }) {
  const { t } = useTranslation('window');
  const client = useClient();
  const cache = useQueryClient();
  const [path, setPath] = useState<string>();
  const [typed, setTyped] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const { data, error, isPlaceholderData } = useQuery({ queryKey: ['folder', path], queryFn: () => client.app.listFolder({ path }), staleTime: 0, placeholderData: (before) => before });
  const goTo = (to: string) => {
    setPath(to);
    setTyped(null);
    setFailure(null);
  };
  /** What is typed, else what is shown; never the folder before, which is shown until the next is read. */
  const wanted = typed?.trim() || (error || isPlaceholderData ? path : data?.path);
  const choose = async () => {
    if (wanted === undefined) return;
    setFailure(null);
    try {
      if (what === 'file') return onDone((await client.app.grantPath({ path: wanted, for: 'read' })).grant);
      const { path: folder } = await client.app.listFolder({ path: wanted });
      onDone((await client.app.grantPath({ path: folder, for: 'folder' })).grant);
    } catch (reason) {
      setFailure(reason);
    }
  };
  const chooseFile = (file: string) => {
    client.app.grantPath({ path: file, for: 'read' }).then(({ grant }) => onDone(grant), setFailure);
  };
  const make = () => {
    if (wanted === undefined) return;
    client.app.makeFolder({ path: wanted }).then(() => {
      goTo(wanted);
      void cache.invalidateQueries({ queryKey: ['folder'] });
    }, setFailure);
  };
  // As an address line does: what is typed takes the place of the path shown, also where that only now came.
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (typed === null && document.activeElement === field.current) field.current?.select();
  }, [typed, wanted]);
  const shownError = failure ?? error;
  const missing = Boolean(shownError) && toAppError(shownError).code === 'NotFound';
  return (
    <Modal opened onClose={() => onDone(null)} title={title} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <Group gap={6} wrap="nowrap">
        <IconButton label={t('folder.up')} disabled={!data?.parent} onClick={() => data?.parent && goTo(data.parent)}>
          <IconArrowUp size={16} />
        </IconButton>
        <TextInput
          ref={field}
          data-autofocus
          aria-label={t('folder.path')}
          className={styles.path}
          value={typed ?? wanted ?? ''}
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setFailure(null);
          }}
          onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && typed && goTo(typed)}
        />
      </Group>
      {shownError !== null && shownError !== undefined && <ErrorNotice error={toAppError(shownError)} />}
      {missing && what === 'folder' && <Button onClick={make}>{t('folder.make')}</Button>}
      <ul className={styles.list} aria-label={t('folder.entries')}>
        {data?.entries.map((entry) => (
          <li key={entry.name}>
            {entry.isFolder ? (
              <button type="button" onClick={() => goTo(`${data.path.replace(/\/$/, '')}/${entry.name}`)}>
                <IconFolder size={15} aria-hidden /> <span className="ellipsis">{entry.name}</span>
              </button>
            ) : what === 'file' ? (
              <button type="button" onClick={() => chooseFile(`${data.path.replace(/\/$/, '')}/${entry.name}`)}>
                <IconFile size={15} aria-hidden /> <span className="ellipsis">{entry.name}</span>
              </button>
            ) : (
              <span className={styles.file}>
                <IconFile size={15} aria-hidden /> <span className="ellipsis">{entry.name}</span>
              </span>
            )}
          </li>
        ))}
        {data?.truncated && <li className={styles.file}>{t('folder.truncated')}</li>}
      </ul>
      <p className={styles.note}>{t(what === 'file' ? 'folder.fileNote' : 'folder.note')}</p>
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={() => onDone(null)}>
          {t('cancel')}
        </Button>
        <Button onClick={() => void choose()} disabled={what === 'file' ? !typed?.trim() : wanted === undefined}>
          {t(what === 'file' ? 'folder.chooseFile' : 'folder.choose')}
        </Button>
      </Group>
    </Modal>
  );
}

export function FolderChooserProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<{ title: string; what: Wanted } | null>(null);
  const answer = useRef<(grant: string | null) => void>(undefined);
  const choose = useCallback(
    (title: string, what: Wanted = 'folder') =>
      new Promise<string | null>((resolve) => {
        answer.current = resolve;
        setAsked({ title, what });
      }),
    [],
  );
  const onDone = (grant: string | null) => {
    answer.current?.(grant);
    setAsked(null);
  };
  return (
    <ChooserContext value={choose}>
      {children}
      {asked && <FolderChooser {...asked} onDone={onDone} />}
    </ChooserContext>
  );
}
