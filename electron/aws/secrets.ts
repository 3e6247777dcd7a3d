import type { Host } from '../context.ts';
import { AppError } from '../../shared/errors.ts';
import type { Store } from '../storage/store.ts';
import type { Keys } from './credentials.ts';

export interface Secrets {
  /** Where the keys went: the OS keychain's care, or this process only. */
  keep(connectionId: string, keys: Keys): Promise<'keychain' | 'memory'>;
  /** CredentialsMissing where they are gone (kept in memory, and the app was restarted). */
  read(connectionId: string): Promise<Keys>;
  forget(connectionId: string): Promise<void>;
}

/** Pasted keys, encrypted by the OS keychain; in memory alone where there is none. Never on disk in the clear. */
export function createSecrets(store: Store, keychain: Host['keychain']): Secrets {
  const sealed = store.collection<string>('connectionSecrets');
  const inMemory = new Map<string, Keys>();
  return {
    async keep(connectionId, keys) {
      if (keychain) {
        await sealed.put(connectionId, (await keychain.encrypt(JSON.stringify(keys))).toString('base64'));
        return 'keychain';
      }
      inMemory.set(connectionId, keys);
      return 'memory';
    },
    async read(connectionId) {
      const held = inMemory.get(connectionId);
      if (held) return held;
      const encrypted = keychain && (await sealed.get(connectionId));
      if (!encrypted) {
        throw new AppError('CredentialsMissing', 'The keys of this connection were kept in memory only and are gone.', {
          detail: 'This machine has no keychain Secchi can use. Remove the connection and add it again with its keys.',
        });
      }
      return JSON.parse(await keychain.decrypt(Buffer.from(encrypted, 'base64'))) as Keys;
    },
    async forget(connectionId) {
      inMemory.delete(connectionId);
      await sealed.delete(connectionId);
    },
  };
}
