import { clientOverPort, type Client } from '../client.ts';
import { connectWebSocket } from '../websocketLink.ts';
import { setBackendState } from './backendState.ts';

/** In Electron the preload hands over a MessagePort; it may come before or after this page asks. */
const port = new Promise<MessagePort>((resolve) => {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.source !== window || (event.data as { type?: string } | null)?.type !== 'secchi:port') return;
    const [received] = event.ports;
    if (received) resolve(received);
  });
});

/** The contract's client over whichever door this host has. */
export async function connectBackend(): Promise<Client> {
  if (!window.secchi) return connectWebSocket(setBackendState);
  const received = await port;
  received.start();
  return clientOverPort(received);
}
