import { createHash } from 'node:crypto';
import type { ChecksumMode } from '../../shared/contract/connections.ts';
import { crc32ToBase64 } from './crc32.ts';
import type { Job } from './job.ts';

/** How the connection of a transfer wants its bytes checked. */
export const modeOf = ({ aws, record }: Pick<Job, 'aws' | 'record'>): ChecksumMode => aws.get(record.connectionId).checksums ?? 'full';

/** What bytes are sent with, for the service to check them by. */
export type BodyChecksum = { ChecksumCRC32?: string; ContentMD5?: string };

export function bodyChecksum(mode: ChecksumMode, bytes: Buffer, crc: number): BodyChecksum {
  if (mode === 'none') return {};
  if (mode === 'md5') return { ContentMD5: createHash('md5').update(bytes).digest('base64') };
  return { ChecksumCRC32: crc32ToBase64(crc) };
}

/** The same as headers. */
export const checksumHeader = ({ ChecksumCRC32, ContentMD5 }: BodyChecksum): Record<string, string> => ({
  ...(ChecksumCRC32 && { 'x-amz-checksum-crc32': ChecksumCRC32 }),
  ...(ContentMD5 && { 'content-md5': ContentMD5 }),
});

/** What an upload in parts is begun with. */
export const uploadChecksum = (mode: ChecksumMode) => ({
  ...((mode === 'full' || mode === 'parts') && { ChecksumAlgorithm: 'CRC32' as const }),
  ...(mode === 'full' && { ChecksumType: 'FULL_OBJECT' as const }),
});
