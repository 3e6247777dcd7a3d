import { safeStorage } from 'electron';
import type { Host } from '../context.ts';

/**
 * The OS keychain by safeStorage. undefined where there is none: Linux without a secret service falls back to a key
 * everyone can read (`basic_text`), which is no keychain.
 */
export function openKeychain(): Host['keychain'] {
  if (!safeStorage.isEncryptionAvailable()) return undefined;
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return undefined;
  return {
    encrypt: async (text) => safeStorage.encryptString(text),
    decrypt: async (bytes) => safeStorage.decryptString(bytes),
  };
}
