import { AppError } from '../../../shared/errors.ts';
import { isNothing, type ObjectChange } from '../../../shared/objects/change.ts';
import { HTTP_NAMES, type HeaderName } from '../../../shared/objects/headers.ts';
import { problemsOf } from '../../../shared/objects/limits.ts';
import { describeProblem } from '../../transfers/edit/problems.ts';

/** BadInput where there is nothing to change, or S3 would refuse it of any object. */
export function assertChange(change: ObjectChange, source: string): void {
  if (isNothing(change)) throw new AppError('BadInput', `Nothing was to be changed of ${source}.`);
  const problems = problemsOf(change);
  if (problems.length > 0) throw new AppError('BadInput', `${source} cannot be changed so: ${describeProblem(problems[0]!)}`, { detail: `${problems.map(describeProblem).join(' ')} Nothing was written.` });
}

/** What is changed, by the names S3 has for it. */
export const changedNames = ({ headers, metadata, tags, retention, legalHold }: ObjectChange): string[] => [
  ...Object.keys(headers).map((name) => HTTP_NAMES[name as HeaderName]),
  ...Object.keys(metadata).map((name) => `x-amz-meta-${name}`),
  ...Object.keys(tags).map((name) => `tag ${name}`),
  ...(retention === undefined ? [] : ['retention']),
  ...(legalHold === undefined ? [] : ['legal hold']),
];
