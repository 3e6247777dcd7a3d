import { AppError } from '../../../shared/errors.ts';
import { s3Uri } from '../../services/s3/keys.ts';

interface Place {
  bucket: string;
  key: string;
}

export const sourceChanged = ({ bucket, key }: Place, there: boolean): AppError =>
  new AppError('Conflict', `${s3Uri(bucket, key)} ${there ? 'was changed' : 'was deleted'} since the plan was made.`, {
    detail: 'It was neither copied nor deleted. Start again to take it as it is now.',
    resource: s3Uri(bucket, key),
  });

export const targetChanged = ({ bucket, key }: Place): AppError =>
  new AppError('Conflict', `${s3Uri(bucket, key)} was written by somebody else since the plan was made.`, {
    detail: 'It was left as it is. Start again to decide what to do with it.',
    resource: s3Uri(bucket, key),
  });

export const customerKey = ({ bucket, key }: Place): AppError =>
  new AppError('NotImplemented', `${s3Uri(bucket, key)} is encrypted with a key of the customer (SSE-C), which Secchi does not have.`, {
    detail: 'Copy it with the program that holds the key.',
    resource: s3Uri(bucket, key),
  });
