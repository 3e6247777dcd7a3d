import type { TFunction } from 'i18next';
import type { ConflictChoice, ConflictPolicy } from '../../../shared/contract/conflicts.ts';

export type Choice = ConflictChoice;

/** From what changes nothing to what changes most. */
const CHOICES: Choice[] = ['skip', 'keepBoth', 'newer', 'overwrite'];

/** The choices with their words in the namespace `copying`. */
export const conflictChoices = (t: TFunction<'copying'>): { value: Choice; label: string }[] => CHOICES.map((value) => ({ value, label: t(`choice.${value}`) }));

/** The same, and that it is asked. */
export const conflictPolicies = (t: TFunction<'copying'>): { value: ConflictPolicy; label: string }[] => [{ value: 'ask', label: t('ask') }, ...conflictChoices(t)];
