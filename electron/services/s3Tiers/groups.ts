import type { Group } from '../../../shared/contract/s3Tiers.ts';

/** So many names are told apart; what comes after goes into the rest, so that a million names need no memory. */
const MOST_NAMES = 20_000;

/** Sums by name, largest first. */
export class Groups {
  private readonly groups = new Map<string, Group>();
  private readonly rest: Group = { name: '', objects: 0, bytes: 0, byClass: {} };

  add(name: string, bytes: number, storageClass: string): void {
    let group = this.groups.get(name);
    if (!group) {
      group = this.groups.size < MOST_NAMES ? { name, objects: 0, bytes: 0, byClass: {} } : this.rest;
      if (group !== this.rest) this.groups.set(name, group);
    }
    group.objects += 1;
    group.bytes += bytes;
    group.byClass[storageClass] = (group.byClass[storageClass] ?? 0) + bytes;
  }

  /** The `most` largest, then all others as one named ''. */
  top(most: number): Group[] {
    const sorted = [...this.groups.values()].sort((a, b) => b.bytes - a.bytes || b.objects - a.objects);
    const rest: Group = { ...this.rest, byClass: { ...this.rest.byClass } };
    for (const group of sorted.slice(most)) {
      rest.objects += group.objects;
      rest.bytes += group.bytes;
      for (const [name, bytes] of Object.entries(group.byClass)) rest.byClass[name] = (rest.byClass[name] ?? 0) + bytes;
    }
    return [...sorted.slice(0, most).map((group) => ({ ...group, byClass: { ...group.byClass } })), ...(rest.objects > 0 ? [rest] : [])];
  }
}
