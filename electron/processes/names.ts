/** The bundled entry files under out/ that may run as a process of their own. */
export type ProcessName = 'lake' | 'lake-engine' | 'results-engine' | 'files-engine' | 'desk-engine' | 'hasher';
