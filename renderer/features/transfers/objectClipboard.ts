import { useSyncExternalStore } from 'react';

/** Objects cut or copied in an objects tab, to be pasted in another. */
export interface ObjectClipboard {
  connectionId: string;
  bucket: string;
  /** The place they were taken from; what is below keeps its path when pasted. */
  prefix: string;
  keys: string[];
  prefixes: string[];
  move: boolean;
}

let held: ObjectClipboard | null = null;
const listeners = new Set<() => void>();

export function holdObjects(objects: ObjectClipboard | null): void {
  held = objects;
  for (const listener of listeners) listener();
}

/** What is being dragged out of an objects tab: a drag carries no objects, only that it does. */
let dragged: Omit<ObjectClipboard, 'move'> | null = null;
export const DRAGGED_OBJECTS = 'application/x-secchi-objects';

export const dragObjects = (objects: typeof dragged): void => void (dragged = objects);
export const draggedObjects = (): typeof dragged => dragged;

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useObjectClipboard = (): ObjectClipboard | null => useSyncExternalStore(subscribe, () => held);
