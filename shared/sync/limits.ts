/** Deletes of more files than this, or of more than this part of the target, need their number said. */
const MOST_DELETES = 1000;
const MOST_PART = 0.5;

/** True where a sync deletes so much of its target that the user has to say how many files that is. */
export const deletesMuch = (deletes: number, targetFiles: number): boolean => deletes > MOST_DELETES || deletes > targetFiles * MOST_PART;
