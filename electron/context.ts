import type { Readable } from 'node:stream';
import type { Granted } from '../shared/contract/app.ts';
import type { AwsConnections } from './aws/types.ts';
import type { StartChild } from './processes/parent.ts';
import type { Queries } from './queries.ts';
import type { Store } from './storage/store.ts';

/** Paths of this machine the user chose; the page holds only the opaque grant (electron/transport/grants.ts). */
export interface Grants {
  grant(path: string, purpose: 'read' | 'save' | 'folder'): Promise<Granted>;
  /** BadInput where the grant is not known or was given for another purpose. */
  resolve(grant: string, purpose: 'read' | 'save' | 'folder'): string;
}

export interface Download {
  fileName: string;
  contentType: string;
  /** Bytes, where known before. */
  size?: number;
  body: Readable;
}

/** One-time addresses for bulk bodies, served by the host beside the contract (electron/transport/tickets.ts). */
export interface Tickets {
  /** A URL path that can be fetched once. */
  download(open: () => Promise<Download>): string;
  /** A URL path that takes one PUT; the PUT is answered when `receive` resolves. */
  upload(receive: (body: Readable, length: number) => Promise<void>): string;
}

/** What the host (Electron's main or serve.ts) can do that the other cannot. */
export interface Host {
  kind: 'electron' | 'browser';
  /** Native dialogs; absent in the browser host. null: cancelled. */
  choose?: (what: 'openFiles' | 'openFolder' | 'saveFile', suggestedName?: string) => Promise<string[] | null>;
  reveal?: (path: string) => Promise<void>;
  /** The OS keychain (safeStorage); absent where there is none: secrets then live in memory only. */
  keychain?: { encrypt(text: string): Promise<Buffer>; decrypt(bytes: Buffer): Promise<string> };
}

export type LocalLakeState = { state: 'starting' | 'filling' | 'ready' | 'failed'; message?: string };

/** Where the embedded lake listens, once it does. The entry files start it; nobody else knows it. */
export interface LocalLakeAddress {
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

export interface LocalLake {
  /** Resolves when it listens; it may still be filling with sample data. */
  address: Promise<LocalLakeAddress>;
  current(): LocalLakeState;
  onChange(listener: (state: LocalLakeState) => void): () => void;
  close(): Promise<void>;
}

/** What every service's handlers are made from. */
export interface BackendContext extends Queries {
  /** DIR: app state is under DIR/app, the lake under DIR/lake. */
  dataDir: string;
  version: string;
  store: Store;
  aws: AwsConnections;
  startChild: StartChild;
  grants: Grants;
  tickets: Tickets;
  host: Host;
  localLake: LocalLake;
}
