import { createContext, useContext } from 'react';
import type { ObjectsPlace } from '../../app/openTabs.ts';

/** A walk through dropped folders, before anything is known of them. */
export interface Walk {
  place: ObjectsPlace;
  files: number;
  bytes: number;
  stop(): void;
}

export interface Reviews {
  /** Shows what a transfer would do, or what it asks, as soon as it has something to ask. */
  review(id: string): void;
  /** Shows how far a walk is; null: it is over. */
  walking(walk: Walk | null): void;
}

export const ReviewsContext = createContext<Reviews | null>(null);

export function useReviews(): Reviews {
  const reviews = useContext(ReviewsContext);
  if (!reviews) throw new Error('useReviews is used outside TransferReviews.');
  return reviews;
}
