import { expect, it } from 'vitest';
import { decodeAwsChunked, type ChunkedForm } from '../../../../electron/local-lake/auth/awsChunked.ts';
import { signingKey } from '../../../../electron/local-lake/auth/signingKey.ts';

/** The examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and …/sigv4-streaming-trailers.html */
const scope = { date: '20130524', region: 'us-east-1', service: 's3' };
const seed = (signature: string) => ({ scope, date: '20130524T000000Z', signature, key: signingKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', scope) });
const content = Buffer.alloc(66_560, 'a');
const chunk = (bytes: Buffer, signature?: string) => Buffer.concat([Buffer.from(`${bytes.length.toString(16)}${signature ? `;chunk-signature=${signature}` : ''}\r\n`), bytes, Buffer.from('\r\n')]);
const last = (signature: string) => Buffer.from(`0;chunk-signature=${signature}\r\n`);

const SIGNED = Buffer.concat([
  chunk(content.subarray(0, 65_536), 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648'),
  chunk(content.subarray(65_536), '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497'),
  last('b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9'),
  Buffer.from('\r\n'),
]);
const TRAILED = Buffer.concat([
  chunk(content.subarray(0, 65_536), 'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2'),
  chunk(content.subarray(65_536), '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7'),
  last('2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992'),
  Buffer.from('x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n'),
]);
const signedSeed = seed('4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9');
const trailedSeed = seed('106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e');
const signed = { signed: true, trailer: false };
const trailed = { signed: true, trailer: true };

/** The body cut into pieces of `size` bytes, as a network might deliver it. */
async function* pieces(body: Buffer, size: number) {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
}
async function decode(body: Buffer, form: ChunkedForm, from: typeof signedSeed, size = 16_384) {
  let trailer = new Map<string, string>();
  const parts: Uint8Array[] = [];
  for await (const bytes of decodeAwsChunked(pieces(body, size), form, from, (headers) => (trailer = headers))) parts.push(bytes);
  return { bytes: Buffer.concat(parts), trailer };
}

it.each([1, 7, 1000, 65_536, 1_000_000])('reads the documented signed body, delivered in pieces of %i bytes', async (size) => {
  expect((await decode(SIGNED, signed, signedSeed, size)).bytes.equals(content)).toBe(true);
});

it('reads the documented signed body with its signed trailer', async () => {
  const { bytes, trailer } = await decode(TRAILED, trailed, trailedSeed);
  expect(bytes.equals(content)).toBe(true);
  expect([...trailer]).toEqual([['x-amz-checksum-crc32c', 'sOO8/Q==']]);
});

it('reads an unsigned body with a trailer', async () => {
  const body = Buffer.from('5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n');
  const { bytes, trailer } = await decode(body, { signed: false, trailer: true }, signedSeed, 3);
  expect([bytes.toString(), trailer.get('x-amz-checksum-crc32')]).toEqual(['hello world', 'DUoRhQ==']);
});

it('FAULTS 8: a flipped bit in a chunk, its signature or the trailer is refused', async () => {
  const flip = (body: Buffer, at: number) => {
    const copy = Buffer.from(body);
    copy[at]! ^= 1;
    return copy;
  };
  await expect(decode(flip(SIGNED, 5000), signed, signedSeed)).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
  await expect(decode(flip(SIGNED, 40), signed, signedSeed)).rejects.toMatchObject({ code: expect.stringMatching(/SignatureDoesNotMatch|InvalidRequest/) });
  await expect(decode(flip(TRAILED, TRAILED.indexOf('sOO8')), trailed, trailedSeed)).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
  await expect(decode(SIGNED, signed, trailedSeed)).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
  const unsigned = Buffer.from(SIGNED.toString('latin1').replaceAll(/;chunk-signature=\w+/g, ''), 'latin1');
  await expect(decode(unsigned, signed, signedSeed)).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
});

it('FAULTS 7: a body cut short is refused wherever it is cut', async () => {
  for (const length of [0, 3, 80, 5000, 65_536 + 86, SIGNED.length - 60]) {
    await expect(decode(SIGNED.subarray(0, length), signed, signedSeed)).rejects.toMatchObject({ code: 'IncompleteBody' });
  }
});

it('nonsense is refused, not waited for', async () => {
  for (const text of ['zz\r\n', '-5\r\nhello\r\n', '5\r\nhelloworld\r\n', `${'f'.repeat(20_000)}`, '0\r\nno colon\r\n\r\n', '0\r\n\r\nmore bytes']) {
    await expect(decode(Buffer.from(text), { signed: false, trailer: true }, signedSeed)).rejects.toMatchObject({ code: expect.stringMatching(/InvalidRequest|IncompleteBody/) });
  }
});
