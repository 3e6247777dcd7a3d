import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { Credentials } from './auth/sigV4.ts';

const shape = z.object({ accessKeyId: z.string().regex(/^\w{16,128}$/), secretAccessKey: z.string().min(16) });
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The lake's one key pair: made at the first start, kept in `dir/credentials.json` for its owner's eyes only. */
export async function lakeCredentials(dir: string): Promise<Credentials> {
  const file = path.join(dir, 'credentials.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return create(dir, file);
  }
  try {
    return shape.parse(JSON.parse(text));
  } catch (error) {
    throw new AppError('Internal', `The credentials of the local lake in ${file} cannot be read.`, { detail: 'Delete the file: new ones are made at the next start.', cause: error });
  }
}

async function create(dir: string, file: string): Promise<Credentials> {
  const id = [...randomBytes(16)].map((byte) => ALPHABET[byte % 32]).join('');
  const credentials = { accessKeyId: `AKIA${id}`, secretAccessKey: randomBytes(30).toString('base64') };
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const aside = `${file}.new`;
  const handle = await open(aside, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(credentials, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, file);
  return credentials;
}
