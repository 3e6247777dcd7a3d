import type { TFunction } from 'i18next';

const MAX_KEY_BYTES = 1024;

/** Why S3 would refuse a bucket of this name (docs: bucket naming rules); undefined where it would not. */
export function bucketNameProblem(name: string, t: TFunction<'objects'>): string | undefined {
  if (name.length < 3 || name.length > 63) return t('nameProblem.length');
  if (!/^[a-z0-9][a-z0-9.-]*[a-z0-9]$/.test(name)) return t('nameProblem.characters');
  if (name.includes('..') || /^\d+\.\d+\.\d+\.\d+$/.test(name)) return t('nameProblem.dots');
  return undefined;
}

/** Why a folder of this name cannot be made below the prefix. */
export function folderNameProblem(prefix: string, name: string, t: TFunction<'objects'>): string | undefined {
  if (new TextEncoder().encode(`${prefix}${name}/`).length > MAX_KEY_BYTES) return t('nameProblem.tooLong');
  if (name.startsWith('/') || name.includes('//')) return t('nameProblem.slashes');
  return undefined;
}
