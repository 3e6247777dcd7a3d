import { escapeXml, malformedXml } from '../xml.ts';

/** What an XML document may say, and what is said otherwise is MalformedXML, as S3's schema has it. */
export type Shape = { any: true } | { text: RegExp } | { members: Record<string, Member> };
interface Member {
  shape: Shape;
  required?: boolean;
  many?: boolean;
}
export type Tree = { [name: string]: string | Tree | (string | Tree)[] };

export const text = (pattern: RegExp = /^[\s\S]*$/): Member => ({ shape: { text: pattern } });
/** Elements of any kind, which are dropped. */
export const anything: Member = { shape: { any: true } };
export const oneOf = (...values: string[]): Member => text(new RegExp(`^(${values.join('|')})$`));
export const days = text(/^\d{1,10}$/);
export const yesOrNo = oneOf('true', 'false');
export const struct = (members: Record<string, Member>): Member => ({ shape: { members } });
export const required = (member: Member): Member => ({ ...member, required: true });
export const many = (member: Member): Member => ({ ...member, many: true });

/** The document as S3 keeps it: only what the shape knows, without the white space between elements. */
export function conform(value: unknown, { members }: { members: Record<string, Member> }): Tree {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformedXml();
  const given = Object.entries(value).filter(([name]) => name !== '#text');
  const loose = (value as Record<string, unknown>)['#text'];
  if (typeof loose === 'string' && loose.trim() !== '') throw malformedXml();
  const unknown = given.find(([name]) => !(name in members));
  const missing = Object.entries(members).find(([name, member]) => member.required && !(name in value));
  if (unknown || missing) throw malformedXml();
  return Object.fromEntries(
    given.map(([name, child]) => {
      const { shape, many: repeated } = members[name]!;
      const list = Array.isArray(child) ? (child as unknown[]) : [child];
      if (list.length > 1 && !repeated) throw malformedXml();
      const kept = list.map((one) => ('any' in shape ? {} : 'text' in shape ? conformText(one, shape.text) : conform(one === '' || isBlank(one) ? {} : one, shape)));
      return [name, kept.length === 1 ? kept[0]! : kept];
    }),
  );
}

const isBlank = (value: unknown) => typeof value === 'string' && value.trim() === '';

function conformText(value: unknown, pattern: RegExp): string {
  if (typeof value !== 'string') throw malformedXml();
  const kept = pattern.test(value) ? value : value.trim();
  if (!pattern.test(kept)) throw malformedXml();
  return kept;
}

export const list = (tree: Tree, name: string): Tree[] => {
  const value = tree[name];
  return value === undefined ? [] : ((Array.isArray(value) ? value : [value]) as Tree[]);
};
export const one = (tree: Tree, name: string): Tree | undefined => list(tree, name)[0];
export const textOf = (tree: Tree | undefined, name: string): string | undefined => tree?.[name] as string | undefined;

/** The elements of a tree, written as XML. */
export function toXml(tree: Tree): string {
  return Object.entries(tree)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((child) => `<${name}>${typeof child === 'string' ? escapeXml(child) : toXml(child)}</${name}>`))
    .join('');
}
