import type { Column } from '../../../../shared/contract/catalog.ts';
import { typeOfTexts } from '../engine/scalarTypes.ts';
import type { DataFile } from './location.ts';

/** The `name=value` folders of a key below the table's location, decoded as Hive encodes them. */
export function partitionOf(location: string, key: string): { name: string; value: string }[] {
  return key
    .slice(location.length)
    .split('/')
    .slice(0, -1)
    .flatMap((segment) => {
      const at = segment.indexOf('=');
      return at > 0 ? [{ name: segment.slice(0, at).toLowerCase(), value: decode(segment.slice(at + 1)) }] : [];
    });
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Partition keys by the folders of the files, with warnings where the files disagree. */
export function partitionKeys(location: string, files: DataFile[]): { keys: Column[]; warnings: string[] } {
  const warnings: string[] = [];
  const all = files.map((file) => partitionOf(location, file.key));
  const names = (all[0] ?? []).map(({ name }) => name);
  if (all.some((parts) => parts.map(({ name }) => name).join('/') !== names.join('/'))) {
    warnings.push('The files do not all lie in the same partition folders; those that differ will not be found by MSCK REPAIR TABLE.');
  }
  if (names.length === 0 && files.some((file) => file.key.slice(location.length).includes('/'))) {
    warnings.push('There are sub-folders that are not partitions (name=value); Athena reads the files in them too.');
  }
  const keys = names.map((name, at) => {
    const type = typeOfTexts(all.map((parts) => parts[at]?.value ?? '').filter((value) => value !== '__HIVE_DEFAULT_PARTITION__'));
    return { name, type: type === 'bigint' || type === 'date' ? type : 'string' };
  });
  return { keys, warnings };
}
