/** So many files chosen by name start without a question: one has just looked at them. */
const A_FEW = 20;

/** Whether what was chosen is counted and shown before it starts: folders hold nobody knows what, and many files are many. */
export const isWorthAsking = (files: number, folders: number): boolean => folders > 0 || files > A_FEW;
