import type { TFunction } from 'i18next';
import { formatBytes } from '../../../ui/format.ts';
import { conditionsOf, type Rule } from './types.ts';

/** A rule as one sentence: which objects, and what becomes of them when. */
export function ruleSentence(rule: Rule, t: TFunction<'bucket'>): string {
  const { Prefix, Tags = [], ObjectSizeGreaterThan: above, ObjectSizeLessThan: below } = conditionsOf(rule);
  const which = [
    Prefix ? t('rule.say.under', { prefix: Prefix }) : t('rule.say.all'),
    ...Tags.map(({ Key, Value }) => t('rule.say.tag', { tag: `${Key}=${Value}` })),
    ...(above === undefined ? [] : [t('rule.say.above', { size: formatBytes(above) })]),
    ...(below === undefined ? [] : [t('rule.say.below', { size: formatBytes(below) })]),
  ].join(' ');
  const when = ({ Days, Date: date }: { Days?: number; Date?: string }) => (date ? t('rule.say.onDate', { date: date.slice(0, 10) }) : t('rule.say.afterDays', { count: Days ?? 0 }));
  const cls = (name: string | undefined) => t(`storageClass.${name}`, { ns: 'objects', defaultValue: name ?? '?' });
  const kept = (n: number | undefined) => (n ? ` ${t('rule.say.kept', { count: n })}` : '');
  const { Transitions = [], Expiration, NoncurrentVersionTransitions: older = [], NoncurrentVersionExpiration: oldEnd, AbortIncompleteMultipartUpload: abort } = rule;
  const acts = [
    ...Transitions.map((one) => t('rule.say.move', { class: cls(one.StorageClass), when: when(one) })),
    ...(Expiration && (Expiration.Days !== undefined || Expiration.Date) ? [t('rule.say.expire', { when: when(Expiration) })] : []),
    ...older.map((one) => t('rule.say.moveOld', { class: cls(one.StorageClass), when: when({ Days: one.NoncurrentDays }) }) + kept(one.NewerNoncurrentVersions)),
    ...(oldEnd ? [t('rule.say.expireOld', { when: when({ Days: oldEnd.NoncurrentDays }) }) + kept(oldEnd.NewerNoncurrentVersions)] : []),
    ...(Expiration?.ExpiredObjectDeleteMarker ? [t('rule.say.markers')] : []),
    ...(abort ? [t('rule.say.abort', { when: when({ Days: abort.DaysAfterInitiation }) })] : []),
  ];
  const said = `${which}: ${acts.length > 0 ? acts.join(', ') : t('rule.say.nothing')}.`;
  return rule.Status === 'Disabled' ? `${t('rule.say.off')} ${said}` : said;
}
