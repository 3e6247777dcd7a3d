import { createContext, lazy, Suspense, useContext, useMemo, useState, type ReactNode } from 'react';
import Palette from '../features/palette/Palette.tsx';
import { TierDialogsProvider } from '../features/tiers/TierDialogsProvider.tsx';
import { TransferReviews } from '../features/transfers/TransferReviews.tsx';
import { PresignProvider } from '../features/presign/usePresign.tsx';
import { ConfirmProvider } from '../ui/confirm.tsx';
import { FolderChooserProvider } from '../ui/FolderChooser.tsx';
import { PromptProvider } from '../ui/prompt.tsx';

// The palette is not lazy: what is typed right after its shortcut must not be lost.
const ConnectionsDialog = lazy(() => import('../features/connections/ConnectionsDialog.tsx'));
const SettingsDialog = lazy(() => import('../features/settings/SettingsDialog.tsx'));
const ShortcutsDialog = lazy(() => import('../features/settings/ShortcutsDialog.tsx'));

export type OverlayName = 'palette' | 'connections' | 'settings' | 'shortcuts';

interface OverlayControl {
  show(name: OverlayName): void;
}

const OverlayContext = createContext<OverlayControl | null>(null);

/** Opens the palette, the connections, the settings, or the sheet of shortcuts. */
export function useOverlays(): OverlayControl {
  const control = useContext(OverlayContext);
  if (!control) throw new Error('useOverlays is used outside Overlays.');
  return control;
}

/** What lies over the window, one at a time, and confirmations over that. */
export function Overlays({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<OverlayName | null>(null);
  const control = useMemo(() => ({ show: setShown }), []);
  const close = () => setShown(null);
  return (
    <OverlayContext value={control}>
      <ConfirmProvider>
        <PromptProvider>
          <FolderChooserProvider>
            <PresignProvider>
              <TierDialogsProvider>
                <TransferReviews>{children}</TransferReviews>
              </TierDialogsProvider>
            </PresignProvider>
          </FolderChooserProvider>
        </PromptProvider>
        <Suspense fallback={null}>
          {shown === 'palette' && <Palette onClose={close} />}
          {shown === 'connections' && <ConnectionsDialog onClose={close} />}
          {shown === 'settings' && <SettingsDialog onClose={close} />}
          {shown === 'shortcuts' && <ShortcutsDialog onClose={close} />}
        </Suspense>
      </ConfirmProvider>
    </OverlayContext>
  );
}
