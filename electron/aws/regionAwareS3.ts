import { HeadBucketCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { fastListing } from './fastListing.ts';
import { onlyMd5 } from './onlyMd5.ts';
import { requestPayer } from './requesterPays.ts';
import { answersAreWhole } from './wholeAnswers.ts';

interface RedirectError {
  name?: string;
  Region?: string;
  $metadata?: { httpStatusCode?: number };
  $response?: { headers?: Record<string, string> };
}

/** The region S3 says the bucket is in, where the error is about that. */
export function redirectedTo(error: unknown): string | undefined {
  const { name, Region, $metadata, $response } = error as RedirectError;
  const status = $metadata?.httpStatusCode;
  const aboutRegion = status === 301 || status === 307 || name === 'AuthorizationHeaderMalformed' || name === 'IllegalLocationConstraintException' || status === 400;
  return aboutRegion ? ($response?.headers?.['x-amz-bucket-region'] ?? (name === 'AuthorizationHeaderMalformed' ? Region : undefined)) : undefined;
}

const canSendAgain = (body: unknown) => body === undefined || typeof body === 'string' || body instanceof Uint8Array;

/**
 * An S3 client that goes to the region a bucket is in: it learns it from the first refusal (301 PermanentRedirect, 400
 * with `x-amz-bucket-region`) and keeps one client per region. The SDK's own `followRegionRedirects` changes the region
 * of the shared client while requests are in flight, which concurrent listings do not survive.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html
 */
export class RegionAwareS3Client extends S3Client {
  readonly #config: S3ClientConfig;
  readonly #regionOfBucket = new Map<string, string>();
  readonly #clients = new Map<string, S3Client>();

  readonly #pays: (bucket: string | undefined) => boolean;

  readonly #onlyMd5: boolean;

  /** `pays`: whether requests about a bucket say that we pay for them. `onlyMd5`: what S3 wants checked goes with an MD5. */
  constructor(config: S3ClientConfig, pays: (bucket: string | undefined) => boolean = () => false, onlyMd5 = false) {
    super(config);
    this.#config = config;
    this.#pays = pays;
    this.#onlyMd5 = onlyMd5;
    this.#equip(this);
    const send = super.send.bind(this) as (command: object, options?: object) => Promise<unknown>;
    this.send = ((command: { input: { Bucket?: string; Body?: unknown } }, options?: object) => this.#sendWhereItIs(send, command, options)) as S3Client['send'];
  }

  #equip(client: S3Client): S3Client {
    client.middlewareStack.use(answersAreWhole);
    client.middlewareStack.use(fastListing);
    client.middlewareStack.use(requestPayer(this.#pays));
    if (this.#onlyMd5) client.middlewareStack.use(onlyMd5);
    return client;
  }

  /**
   * A client to sign addresses of a bucket with: of the region the bucket is in, and without checksums, which would be
   * those of a body nobody has yet.
   */
  async signerFor(bucket: string): Promise<S3Client> {
    if (!this.#regionOfBucket.has(bucket)) {
      // Only for the region a refusal names. Who may not ask this may still sign.
      await this.send(new HeadBucketCommand({ Bucket: bucket })).catch(() => undefined);
    }
    const region = this.#regionOfBucket.get(bucket) ?? (await this.config.region());
    return this.#equip(new S3Client({ ...this.#config, region, requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' }));
  }

  /** The client that requests on a bucket go through, as far as its region is known. */
  clientFor(bucket: string): S3Client {
    const region = this.#regionOfBucket.get(bucket);
    return region ? this.#clientIn(region) : this;
  }

  #clientIn(region: string): S3Client {
    let client = this.#clients.get(region);
    if (!client) {
      client = this.#equip(new S3Client({ ...this.#config, region }));
      this.#clients.set(region, client);
    }
    return client;
  }

  async #sendWhereItIs(
    send: (command: object, options?: object) => Promise<unknown>,
    command: { input: { Bucket?: string; Body?: unknown } },
    options?: object,
  ): Promise<unknown> {
    const { Bucket: bucket, Body: body } = command.input;
    const sendIn = (region: string) => (this.#clientIn(region).send as (command: object, options?: object) => Promise<unknown>)(command, options);
    const known = bucket === undefined ? undefined : this.#regionOfBucket.get(bucket);
    try {
      return await (known ? sendIn(known) : send(command, options));
    } catch (error) {
      const region = bucket === undefined ? undefined : redirectedTo(error);
      if (!region || region === known) throw error;
      this.#regionOfBucket.set(bucket!, region);
      if (!canSendAgain(body)) throw Object.assign(error as object, { regionLearned: true }); // who has the body sends it again
      return sendIn(region);
    }
  }

  override destroy(): void {
    super.destroy();
    for (const client of this.#clients.values()) client.destroy();
  }
}
