/** Who signed the request; the lake knows one account. */
export interface Caller {
  accessKeyId: string;
  accountId: string;
  region: string;
}

/** One service that speaks AWS JSON 1.1: `POST /` with `X-Amz-Target: <targetPrefix>.<Operation>`. */
export interface JsonService {
  /** `AWSGlue`, `AmazonAthena`: what stands before the dot in X-Amz-Target. */
  targetPrefix: string;
  /** The service in the credential scope of the signature: `glue`, `athena`. */
  signingName: string;
  /** Answers one operation; throws AwsJsonError, `UnknownOperationException` where it does not know the operation. */
  handle(operation: string, input: unknown, caller: Caller): Promise<unknown>;
  close?(): Promise<void>;
}

/** An error of a JSON service, by the name its service model gives it (`EntityNotFoundException`, …). */
export class AwsJsonError extends Error {
  readonly status: number;
  /** Further members of the error's shape, as the model names them. */
  readonly members: Record<string, unknown>;

  constructor(name: string, message: string, status = 400, members: Record<string, unknown> = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.members = members;
  }
}
