import { IconLink } from '@tabler/icons-react';
import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import { ConnectionScope, useCurrentConnection } from '../../app/connectionContext.tsx';
import type { ObjectsPlace } from '../../app/openTabs.ts';
import type { MenuEntry } from '../../ui/ContextMenu.tsx';
import { PresignDialog } from './PresignDialog.tsx';

interface Request extends ObjectsPlace {
  connectionId: string;
  objects: { key: string; versionId?: string }[];
}

const PresignContext = createContext<((request: Request) => void) | null>(null);

/** Holds the one dialog, over the window. */
export function PresignProvider({ children }: { children: ReactNode }) {
  const [request, setRequest] = useState<Request | null>(null);
  const open = useCallback((next: Request) => setRequest(next), []);
  return (
    <PresignContext value={open}>
      {children}
      {request && (
        <ConnectionScope id={request.connectionId}>
          <PresignDialog {...request} onClose={() => setRequest(null)} />
        </ConnectionScope>
      )}
    </PresignContext>
  );
}

/** The menu's entry and the command for what is selected in a place; only objects have addresses, folders have none. */
export function usePresign(place: ObjectsPlace, keys: readonly string[]): MenuEntry {
  const { t } = useTranslation('presign');
  const open = useContext(PresignContext);
  const { id: connectionId } = useCurrentConnection();
  const run = () => open?.({ ...place, connectionId, objects: keys.slice(0, 1000).map((key) => ({ key })) });
  useCommands([{ id: 'objects.presign', title: t('title'), group: t('group'), run }]);
  return { label: t('menu'), icon: <IconLink size={15} />, run };
}
