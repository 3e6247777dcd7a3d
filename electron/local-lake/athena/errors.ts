import { AwsJsonError } from '../jsonService.ts';

/** https://docs.aws.amazon.com/athena/latest/APIReference/CommonErrors.html */
export const invalidRequest = (message: string, code = 'INVALID_INPUT') => new AwsJsonError('InvalidRequestException', message, 400, { AthenaErrorCode: code });
export const resourceNotFound = (message: string, resource: string) => new AwsJsonError('ResourceNotFoundException', message, 400, { ResourceName: resource });
export const metadataError = (message: string) => new AwsJsonError('MetadataException', message);

/** Who is to blame for a failed query: 1 Athena, 2 the user, 3 anything else. */
export type ErrorCategory = 1 | 2 | 3;

/**
 * A query that fails, in Athena's words: StateChangeReason is `NAME: message`.
 * https://docs.aws.amazon.com/athena/latest/APIReference/API_AthenaError.html
 */
export class QueryFailure extends Error {
  readonly category: ErrorCategory;
  /** Athena's number for the kind of error; see its error type reference. */
  readonly errorType: number;
  constructor(name: string, message: string, category: ErrorCategory = 2, errorType = 1301) {
    super(name === '' ? message : `${name}: ${message}`);
    this.name = 'QueryFailure';
    this.category = category;
    this.errorType = errorType;
  }
}
