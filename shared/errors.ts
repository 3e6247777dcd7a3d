/**
 * The one error shape that crosses the contract: what went wrong, on which resource, why, and what to do next.
 * Backend code throws `AppError`; the transport carries `AppErrorData`; the page shows `message` and `detail`.
 */
export const errorCodes = [
  'BadInput', // the request breaks the contract or names something impossible
  'NotFound',
  'AlreadyExists',
  'Conflict', // the thing changed meanwhile, or is in use
  'AccessDenied', // AWS said no: `action` and `resource` say to what
  'CredentialsExpired', // `signInCommand` says how to sign in again
  'CredentialsMissing',
  'ReadOnlyConnection', // refused by us before AWS was asked
  'WrongRegion',
  'Throttled',
  'Network', // no route, a stalled socket, a reset
  'Timeout',
  'Cancelled',
  'QueryFailed', // the engine refused or failed the statement
  'ChecksumMismatch',
  'DiskFull',
  'EngineDied', // a disposable process ended while it worked for us
  'NotImplemented',
  'Unavailable', // a part of the app is not running (yet)
  'Internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export interface AppErrorData {
  code: ErrorCode;
  /** One sentence: what failed, and on which resource. */
  message: string;
  /** Why, and what to do next. */
  detail?: string;
  retryable: boolean;
  /** AWS's request id, where there is one. */
  requestId?: string;
  /** The service's own error name, e.g. `NoSuchBucket`, `EntityNotFoundException`. */
  awsCode?: string;
  /** The denied action, e.g. `s3:ListBucket`. */
  action?: string;
  /** The resource the action was on, e.g. `arn:aws:s3:::bucket`. */
  resource?: string;
  /** A shell command that signs in again, e.g. `aws sso login --profile dev`. */
  signInCommand?: string;
  /** One-based position in the SQL text, for QueryFailed. */
  line?: number;
  column?: number;
}

export class AppError extends Error implements AppErrorData {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly detail?: string;
  readonly requestId?: string;
  readonly awsCode?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly signInCommand?: string;
  readonly line?: number;
  readonly column?: number;

  constructor(
    code: ErrorCode,
    message: string,
    more: Partial<Omit<AppErrorData, 'code' | 'message'>> & { cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'AppError';
    this.code = code;
    this.retryable = more.retryable ?? false;
    this.detail = more.detail;
    this.requestId = more.requestId;
    this.awsCode = more.awsCode;
    this.action = more.action;
    this.resource = more.resource;
    this.signInCommand = more.signInCommand;
    this.line = more.line;
    this.column = more.column;
  }

  /** The plain data that may cross the contract: no cause, no stack. */
  toData(): AppErrorData {
    const { code, message, detail, retryable, requestId, awsCode, action, resource, signInCommand, line, column } = this;
    return { code, message, detail, retryable, requestId, awsCode, action, resource, signInCommand, line, column };
  }

  static fromData(data: AppErrorData): AppError {
    return new AppError(data.code, data.message, data);
  }
}
