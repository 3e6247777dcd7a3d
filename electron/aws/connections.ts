import { randomUUID } from 'node:crypto';
import type { Connection } from '../../shared/contract/connections.ts';
import { AppError } from '../../shared/errors.ts';
import type { Host, LocalLake } from '../context.ts';
import type { Store } from '../storage/store.ts';
import { makeClients, type OwnedClients } from './clients.ts';
import type { Keys } from './credentials.ts';
import { configuredEndpoints } from './endpoints.ts';
import { toAppError } from './errors.ts';
import { MfaDesk } from './mfa.ts';
import { mfaOf, sharedKey, SharedCredentials } from './profileCredentials.ts';
import { openRequesterPays } from './requesterPays.ts';
import { createSecrets } from './secrets.ts';
import { signInOf, type SignIn } from './signIn.ts';
import type { Attempt, AwsClients, AwsConnections } from './types.ts';

export const LOCAL_ID = 'local';

const LOCAL: Connection = {
  id: LOCAL_ID,
  name: 'Sample lake (this computer)',
  kind: 'local',
  region: 'us-east-1',
  colour: 'teal',
  readOnly: false,
  secretsKeptIn: 'none',
};

export type NewConnection = Pick<Connection, 'name' | 'kind' | 'region'> & Partial<Pick<Connection, 'profile' | 'endpoint' | 'endpoints' | 'colour' | 'checksums'>>;
export type ConnectionChange = { endpoint?: string | null } & Partial<Pick<Connection, 'name' | 'region' | 'colour' | 'readOnly' | 'checksums'>>;

export interface ManagedConnections extends AwsConnections {
  /** Where profiles ask for the codes of MFA devices. */
  mfa: MfaDesk;
  create(wanted: NewConnection, keys?: Keys): Promise<Connection>;
  update(id: string, change: ConnectionChange): Promise<Connection>;
  remove(id: string): Promise<void>;
  /** Drops cached credentials and clients: the next call reads ~/.aws and signs in anew. */
  refresh(id: string): void;
  close(): void;
}

export interface ConnectionsOptions {
  store: Store;
  localLake: LocalLake;
  keychain?: Host['keychain'];
  /** For tests. */
  socketTimeout?: number;
}

const isAwsHost = (endpoint: string) => /\.amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname);

/** AWS called the credentials expired or not its own. */
const needsOthers = ({ code, awsCode }: AppError): boolean => awsCode !== undefined && (code === 'CredentialsExpired' || code === 'CredentialsMissing');

/** The connections of this app: kept in the store, each with one set of clients. `local` is always among them. */
export async function createAwsConnections({ store, localLake, keychain, socketTimeout }: ConnectionsOptions): Promise<ManagedConnections> {
  const kept = store.collection<Connection>('connections');
  const secrets = createSecrets(store, keychain);
  const requesterPays = await openRequesterPays(store);
  const known = new Map<string, Connection>([[LOCAL_ID, LOCAL]]);
  for await (const [id, connection] of kept.entries()) known.set(id, connection);
  const open = new Map<string, Promise<OwnedClients>>();
  const signIns = new Map<string, SignIn>();
  const mfa = new MfaDesk();
  const sharing = new SharedCredentials();
  /** Under which name the credentials of a connection are shared, and whether they cost a code. */
  const shares = new Map<string, { key: string; code: boolean }>();
  const told = (error: unknown, about: Attempt) => toAppError(error, about, get(about.connectionId), signIns.get(about.connectionId));

  function get(id: string): Connection {
    const found = known.get(id);
    if (!found) throw new AppError('NotFound', `There is no connection “${id}”.`, { detail: 'It may have been removed. Choose another.', resource: id });
    return found;
  }

  async function make(id: string): Promise<OwnedClients> {
    const connection = get(id);
    const pays = (bucket: string | undefined) => requesterPays.pays(id, bucket);
    signIns.set(id, await signInOf(connection));
    const serial = connection.kind === 'profile' ? await mfaOf(connection.profile ?? 'default') : undefined;
    const key = sharedKey(connection, serial);
    shares.set(id, { key, code: serial !== undefined });
    if (connection.kind !== 'local') return makeClients({ connection, keys: () => secrets.read(id), mfa, shared: (load) => () => sharing.get(key, load), socketTimeout, pays });
    const { endpoint, region, accessKeyId, secretAccessKey } = await localLake.address.catch((error: unknown) => {
      throw new AppError('Unavailable', 'The lake on this computer is not running.', { detail: (error as Error).message, retryable: true, cause: error });
    });
    known.set(LOCAL_ID, { ...connection, region });
    return makeClients({ connection: { ...connection, region, endpoint }, keys: async () => ({ accessKeyId, secretAccessKey }), mfa, pays });
  }

  function clientsOf(id: string): Promise<OwnedClients> {
    let clients = open.get(id);
    if (!clients) {
      clients = make(id);
      open.set(id, clients);
      clients.catch(() => open.delete(id)); // asked again, it is tried again
    }
    return clients;
  }

  /** Requests in flight keep their clients; sockets go when they are idle. */
  function drop(id: string): void {
    const clients = open.get(id);
    open.delete(id);
    clients?.then((c) => setTimeout(() => c.destroy(), 60_000).unref()).catch(() => undefined);
  }

  /** Its credentials are no good any more: the next call gets others, and may ask for a code. */
  function forgetCredentials(id: string): void {
    const share = shares.get(id);
    if (share) sharing.forget(share.key);
  }

  // The lake's process was started again: its address may be another.
  const unsubscribe = localLake.onChange(({ state }) => state === 'starting' && drop(LOCAL_ID));

  async function save(connection: Connection): Promise<Connection> {
    await kept.put(connection.id, connection);
    known.set(connection.id, connection);
    return connection;
  }

  const connections: ManagedConnections = {
    get,
    list: () => [...known.values()],
    clients: (id): Promise<AwsClients> => clientsOf(id),

    assertWritable(id, what) {
      const { readOnly, name } = get(id);
      if (!readOnly) return;
      throw new AppError('ReadOnlyConnection', `Connection “${name}” is read-only: refused to ${what}.`, {
        detail: 'Nothing was sent. To allow writing, switch off “Read-only” in the connection’s settings.',
        resource: name,
      });
    },

    toAppError: told,
    mfa,
    requesterPays,

    async attempt<T>(about: Attempt, call: (clients: AwsClients) => Promise<T>): Promise<T> {
      const { connectionId } = about;
      get(connectionId);
      const clients = clientsOf(connectionId);
      try {
        return await call(await clients);
      } catch (error) {
        const failure = told(error, about);
        if (needsOthers(failure)) forgetCredentials(connectionId);
        // AWS itself called the credentials expired: ~/.aws, or the session behind it, may hold newer ones by now.
        if (failure.code !== 'CredentialsExpired' || failure.awsCode === undefined) throw failure;
        if (open.get(connectionId) === clients) drop(connectionId);
      }
      try {
        return await call(await clientsOf(connectionId));
      } catch (error) {
        throw told(error, about);
      }
    },

    isBilled(id, service = 'athena') {
      const { kind, endpoint, endpoints } = get(id);
      if (kind === 'local') return false;
      const own = endpoints?.[service] ?? endpoint;
      return own === undefined || isAwsHost(own);
    },

    async create(wanted, keys) {
      const id = randomUUID();
      if (wanted.kind === 'keys' && !(keys?.accessKeyId && keys.secretAccessKey)) {
        throw new AppError('BadInput', 'A connection by keys needs an access key id and a secret access key.');
      }
      if (wanted.kind === 'profile' && !wanted.profile) throw new AppError('BadInput', 'Name the profile of ~/.aws to connect with.');
      const secretsKeptIn = wanted.kind === 'keys' ? await secrets.keep(id, keys!) : 'none';
      const { name, kind, region, profile, colour = 'blue', checksums } = wanted;
      // Pasted keys go where the user says; profile and environment may carry endpoints of their own.
      const found = wanted.endpoint || wanted.endpoints || kind === 'keys' ? {} : await configuredEndpoints(profile);
      const { endpoint, endpoints } = { ...wanted, ...found };
      return save({ id, name, kind, region, profile, endpoint, endpoints, colour, checksums, readOnly: true, secretsKeptIn });
    },

    async update(id, change) {
      const before = get(id);
      if (id === LOCAL_ID && (change.endpoint !== undefined || change.region !== undefined)) {
        throw new AppError('BadInput', 'The lake on this computer has its own address and region.', { resource: before.name });
      }
      const { endpoint, ...rest } = change;
      const set = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
      const after = { ...before, ...set, ...(endpoint === undefined ? {} : { endpoint: endpoint ?? undefined }) };
      if (after.region !== before.region || after.endpoint !== before.endpoint || after.checksums !== before.checksums) drop(id);
      return save(after);
    },

    async remove(id) {
      if (id === LOCAL_ID) throw new AppError('BadInput', 'The lake on this computer cannot be removed.');
      get(id);
      await kept.delete(id);
      await secrets.forget(id);
      await requesterPays.forget(id);
      known.delete(id);
      forgetCredentials(id);
      drop(id);
    },

    refresh(id) {
      const { profile = 'default' } = get(id);
      mfa.again(profile);
      // A session that cost a code and still works is worth keeping.
      if (!shares.get(id)?.code) forgetCredentials(id);
      drop(id);
    },

    close() {
      unsubscribe();
      for (const clients of open.values()) clients.then((c) => c.destroy()).catch(() => undefined);
      open.clear();
    },
  };
  return connections;
}
