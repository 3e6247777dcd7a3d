import type { RedshiftTarget } from '../../../shared/contract/redshift.ts';
import { AppError } from '../../../shared/errors.ts';

/** How the Data API is told where, and as whom. https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_ExecuteStatement.html */
export const placeOf = ({ kind, name, database, dbUser, secretArn }: RedshiftTarget) => ({
  ...(kind === 'cluster' ? { ClusterIdentifier: name } : { WorkgroupName: name }),
  Database: database,
  ...(secretArn ? { SecretArn: secretArn } : kind === 'cluster' && dbUser ? { DbUser: dbUser } : {}),
});

/** As errors name it. */
export const nameOf = ({ kind, name, database }: RedshiftTarget): string => `${kind} ${name}, database ${database}`;

export function assertTarget(target: RedshiftTarget | undefined): RedshiftTarget {
  if (!target) throw new AppError('BadInput', 'It is not said where in Redshift the statement runs.', { detail: 'Name a workgroup or a cluster, and a database, in the tool bar.' });
  return target;
}
