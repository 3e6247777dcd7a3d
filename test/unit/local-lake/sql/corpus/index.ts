import type { Case } from './case.ts';
import { arithmetic } from './arithmetic.ts';

export const corpus: Record<string, Case[]> = { arithmetic };
