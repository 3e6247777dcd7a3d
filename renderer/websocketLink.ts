import { createORPCClient, type ClientLink } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { AppError } from '../shared/errors.ts';
import { typedLink, type Client } from './client.ts';
import { sessionToken, forgetSession } from './session.ts';

/** Close code of a socket whose token the server does not know (electron/transport/webSocket.ts). */
const BAD_TOKEN = 4401;
const BACK_OFF = [100, 250, 500, 1000, 2000, 5000];
/** A call made while the socket is away waits this long for it. */
const WAIT_FOR_SOCKET = 15_000;

export const connectionLost = () =>
  new AppError('Network', 'The connection to Secchi’s backend was lost.', { detail: 'The window connects again by itself as soon as the backend answers.', retryable: true });
const signedOut = () =>
  new AppError('CredentialsMissing', 'This window is no longer signed in to Secchi’s backend.', { detail: 'The backend was started anew. Open the address it printed, or start Secchi again.' });

type Link = ClientLink<Record<never, never>>;
export type SocketState = 'connecting' | 'open' | 'signedOut';

export interface WebSocketOptions {
  url: string;
  token(): Promise<string>;
  onState?(state: SocketState): void;
  /** Tests in Node give their own. */
  WebSocket?: typeof WebSocket;
}

/** One authenticated socket: resolves when the server has taken the token. */
function authenticate(socket: WebSocket, token: string): Promise<Link> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => socket.send(JSON.stringify({ token })), { once: true });
    socket.addEventListener('message', () => resolve(new RPCLink({ websocket: socket })), { once: true });
    socket.addEventListener('error', () => undefined); // its 'close' follows, and tells more
    socket.addEventListener('close', (event) => reject(event.code === BAD_TOKEN ? signedOut() : connectionLost()), { once: true });
  });
}

/**
 * A link over a socket that comes back: lost, it connects again with back-off. Calls in flight at the loss fail with
 * Network (retryable); calls made meanwhile wait. Streams are begun again by `subscribe` (subscribe.ts).
 */
export class ReconnectingLink {
  readonly #options: WebSocketOptions;
  #current: Promise<Link>;
  #closed = false;
  #socket: WebSocket | undefined;

  constructor(options: WebSocketOptions) {
    this.#options = options;
    this.#current = this.#connect();
  }

  async #connect(): Promise<Link> {
    const { url, token, onState, WebSocket: Socket = WebSocket } = this.#options;
    for (let attempt = 0; ; attempt++) {
      onState?.('connecting');
      try {
        const presented = await token();
        const socket = new Socket(url);
        this.#socket = socket;
        const link = await authenticate(socket, presented);
        onState?.('open');
        socket.addEventListener('close', () => this.#again());
        return link;
      } catch (error) {
        if (this.#closed || (error instanceof AppError && error.code === 'CredentialsMissing')) {
          onState?.('signedOut');
          throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, BACK_OFF[Math.min(attempt, BACK_OFF.length - 1)]));
      }
    }
  }

  #again(): void {
    if (this.#closed) return;
    this.#current = this.#connect();
    this.#current.catch(() => undefined); // told to the next caller
  }

  readonly call: Link['call'] = async (path, input, options) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(connectionLost()), WAIT_FOR_SOCKET)));
    const link = await Promise.race([this.#current, late]).finally(() => clearTimeout(timer));
    return link.call(path, input, options);
  };

  /** Resolves when the first socket is authenticated. */
  opened = () => this.#current.then(() => undefined);

  close(): void {
    this.#closed = true;
    this.#socket?.close();
  }
}

/** An abort nobody asked for is oRPC's word for a socket that went away. */
const explainLoss = (error: unknown): unknown => {
  if (error instanceof AppError) return error;
  const { name, message } = error as Error;
  return name === 'AbortError' || /WebSocket is not open|was closed/.test(message) ? connectionLost() : error;
};

export const clientOverLink = (link: ReconnectingLink): Client => createORPCClient(typedLink(link, explainLoss));

/** The contract over the browser host's WebSocket. Rejects where this page has no session. */
export async function connectWebSocket(onState?: (state: SocketState) => void): Promise<Client> {
  const link = new ReconnectingLink({
    url: `${location.origin.replace('http', 'ws')}/contract`,
    token: sessionToken,
    onState: (state) => {
      if (state === 'signedOut') forgetSession();
      onState?.(state);
    },
  });
  await link.opened();
  return clientOverLink(link);
}
