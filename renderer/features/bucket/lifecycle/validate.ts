import type { TFunction } from 'i18next';
import { CLASSES, conditionsOf, rulesOf, type Rule } from './types.ts';

const MOST_RULES = 1000;
/** Days an object has to have been stored before it may move to these. */
const INFREQUENT_DAYS = 30;
const infrequent = new Set(['STANDARD_IA', 'ONEZONE_IA']);
const whole = (days: unknown): days is number => typeof days === 'number' && Number.isInteger(days);

function daysProblems(transitions: { days: number | undefined; cls: string | undefined }[], expires: number | undefined, what: (key: string, more?: Record<string, unknown>) => string): string[] {
  const problems: string[] = [];
  const classes = transitions.map(({ cls }) => CLASSES.indexOf(cls as (typeof CLASSES)[number]));
  if (classes.includes(-1)) problems.push(what('class'));
  if (new Set(classes).size < classes.length) problems.push(what('classTwice'));
  for (const { days, cls } of transitions) if (days !== undefined && infrequent.has(cls ?? '') && days < INFREQUENT_DAYS) problems.push(what('infrequent', { days: INFREQUENT_DAYS }));
  const ordered = transitions.map((one, index) => ({ ...one, at: classes[index]! })).filter((one) => one.days !== undefined).sort((a, b) => a.at - b.at);
  if (ordered.some((one, index) => index > 0 && one.days! <= ordered[index - 1]!.days!)) problems.push(what('order'));
  const last = Math.max(-1, ...transitions.map(({ days }) => days ?? -1));
  if (expires !== undefined && last >= 0 && expires <= last) problems.push(what('expiresFirst', { days: last }));
  return problems;
}

function ruleProblems(rule: Rule, what: (key: string, more?: Record<string, unknown>) => string): string[] {
  const { ID, Status, Transitions = [], Expiration, NoncurrentVersionTransitions: older = [], NoncurrentVersionExpiration, AbortIncompleteMultipartUpload: abort } = rule;
  const { Tags = [], ObjectSizeGreaterThan: above, ObjectSizeLessThan: below } = conditionsOf(rule);
  const problems: string[] = [];
  if (Status !== 'Enabled' && Status !== 'Disabled') problems.push(what('status'));
  if ((ID ?? '').length > 255) problems.push(what('idLength'));
  if (Transitions.length + older.length === 0 && !Expiration && !NoncurrentVersionExpiration && !abort) problems.push(what('nothing'));
  const positive = [Expiration?.Days, NoncurrentVersionExpiration?.NoncurrentDays, abort?.DaysAfterInitiation].filter((days) => days !== undefined);
  const zeroable = [...Transitions.map(({ Days }) => Days), ...older.map(({ NoncurrentDays }) => NoncurrentDays)].filter((days) => days !== undefined);
  if (positive.some((days) => !whole(days) || days < 1) || zeroable.some((days) => !whole(days) || days < 0)) problems.push(what('days'));
  const dated = [...Transitions, ...(Expiration ? [Expiration] : [])];
  if (dated.some((one) => one.Date !== undefined) && dated.some((one) => one.Days !== undefined)) problems.push(what('mixed'));
  if (Expiration?.ExpiredObjectDeleteMarker && (Expiration.Days !== undefined || Expiration.Date !== undefined)) problems.push(what('markerDays'));
  if (Tags.length > 0 && (abort || Expiration?.ExpiredObjectDeleteMarker)) problems.push(what('tagsWith'));
  if ((above !== undefined || below !== undefined) && abort) problems.push(what('sizeWith'));
  if (above !== undefined && below !== undefined && above >= below) problems.push(what('sizes'));
  problems.push(...daysProblems(Transitions.map(({ Days, StorageClass }) => ({ days: Days, cls: StorageClass })), Expiration?.Days, what));
  problems.push(...daysProblems(older.map(({ NoncurrentDays, StorageClass }) => ({ days: NoncurrentDays, cls: StorageClass })), NoncurrentVersionExpiration?.NoncurrentDays, what));
  return problems;
}

/** What S3 would refuse, before it is asked. https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html */
export function lifecycleProblems(value: unknown, t: TFunction<'bucket'>): string[] {
  const rules = rulesOf(value);
  if (rules.length === 0) return [t('rule.problem.noRules')];
  if (rules.length > MOST_RULES) return [t('rule.problem.many')];
  const ids = rules.flatMap(({ ID }) => (ID ? [ID] : []));
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  return [
    ...(twice === undefined ? [] : [t('rule.problem.idTwice', { id: twice })]),
    ...rules.flatMap((rule, index) => ruleProblems(rule, (key, more) => `${rule.ID || `#${index + 1}`}: ${t(`rule.problem.${key}`, more)}`)),
  ];
}
