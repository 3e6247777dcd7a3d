import { createContext, useContext } from 'react';
import type { Mask } from '../../../shared/contract/s3Tiers.ts';
import type { TargetClass } from '../../../shared/prices/storageClasses.ts';

export interface TierSelection {
  connectionId: string;
  bucket: string;
  keys: string[];
  prefixes: string[];
}

export interface ClassWish extends TierSelection {
  to?: TargetClass;
  mask?: Mask;
}

export interface TierDialogs {
  changeClass(wish: ClassWish): void;
  restore(selection: TierSelection): void;
  showPrices(region?: string): void;
}

export const TierDialogsContext = createContext<TierDialogs | null>(null);

/** Opens the dialogs that change storage classes, restore from archive, and show the prices. */
export function useTierDialogs(): TierDialogs {
  const dialogs = useContext(TierDialogsContext);
  if (!dialogs) throw new Error('useTierDialogs is used outside TierDialogsProvider.');
  return dialogs;
}
