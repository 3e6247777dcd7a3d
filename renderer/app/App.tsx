import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { mantineTheme } from '../theme/mantine.ts';
import { styleNonce } from '../nonce.ts';
import { ClientProvider } from './clientContext.tsx';
import { CommandsProvider } from './commands.tsx';
import { ConnectionsProvider } from './connectionContext.tsx';
import { MessagesProvider } from './messages.tsx';
import { ApplySettings } from './settings.tsx';
import { useTheme } from './themeStore.ts';
import { Window } from './Window.tsx';
import { WorkspaceProvider } from './workspace.tsx';

/** The backend retries what is worth it; the page asks once and shows the error with Retry. */
const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 30_000, refetchOnWindowFocus: false } } });

export function App() {
  return (
    <MantineProvider theme={mantineTheme} forceColorScheme={useTheme()} getStyleNonce={() => styleNonce}>
      <QueryClientProvider client={queries}>
        <ClientProvider>
          <MessagesProvider>
            <ApplySettings />
            <WorkspaceProvider>
              <ConnectionsProvider>
                <CommandsProvider>
                  <Window />
                </CommandsProvider>
              </ConnectionsProvider>
            </WorkspaceProvider>
          </MessagesProvider>
        </ClientProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
