import { ServiceError } from '../http/serviceError.ts';
import { ObjectStoreError } from '../objects/records.ts';

/** HTTP statuses of the error codes the store throws. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const STATUS: Record<string, number> = {
  BucketAlreadyOwnedByYou: 409,
  BucketNotEmpty: 409,
  EntityTooSmall: 400,
  InvalidArgument: 400,
  InvalidPart: 400,
  InvalidPartOrder: 400,
  KeyTooLongError: 400,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NoSuchUpload: 404,
  PreconditionFailed: 412,
};

/** Whatever an operation threw, as S3 answers it. What we did not foresee is InternalError, without its inside. */
export function toServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  if (error instanceof ObjectStoreError) return new ServiceError(error.code, error.message, STATUS[error.code] ?? 400);
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new ServiceError('ServiceUnavailable', 'The disk that holds the local lake is full. Free some room and try again.', 503);
  return new ServiceError('InternalError', 'We encountered an internal error. Please try again.', 500);
}

export const noSuchKey = (key: string, headers: Record<string, string> = {}) => new ServiceError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key }, headers);
export const invalidArgument = (message: string, name: string, value: string) =>
  new ServiceError('InvalidArgument', message, 400, { ArgumentName: name, ArgumentValue: value });
