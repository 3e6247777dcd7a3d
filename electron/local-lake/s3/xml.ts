import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { ServiceError } from '../http/serviceError.ts';

/** XML text or, for children, XML made by `element`. */
export type Xml = { readonly xml: string };
type Content = string | number | boolean | Xml | (Xml | undefined)[];

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;', '\n': '&#10;', '\t': '&#9;' };

const UNSAFE = /[&<>"\u0000-\u001f\ufffe\uffff]/;

/** As S3 writes them, characters XML 1.0 cannot hold become references too; clients avoid them by encoding-type=url. */
export const escapeXml = (text: string) =>
  UNSAFE.test(text) ? text.replace(new RegExp(UNSAFE, 'g'), (c) => ESCAPES[c] ?? `&#x${c.charCodeAt(0).toString(16)};`) : text;

/** One element; undefined content leaves it out. */
export function element(name: string, content: Content | undefined): Xml | undefined {
  if (content === undefined) return undefined;
  const inner = Array.isArray(content) ? content.map((child) => child?.xml ?? '').join('') : typeof content === 'object' ? content.xml : escapeXml(String(content));
  return { xml: `<${name}>${inner}</${name}>` };
}

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

export function document(name: string, content: (Xml | undefined)[], namespace: string | null = NAMESPACE): string {
  const inner = content.map((child) => child?.xml ?? '').join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${namespace ? ` xmlns="${namespace}"` : ''}>${inner}</${name}>`;
}

export const malformedXml = () =>
  new ServiceError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema', 400);

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  removeNSPrefix: true,
  processEntities: false, // it drops references to control characters, which keys may hold
  ignoreDeclaration: true,
});

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Resolves the references in all texts of a tree. Throws where one is none of XML's. */
function decodeReferences(tree: unknown): unknown {
  if (typeof tree === 'string') {
    return tree.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex) return String.fromCodePoint(parseInt(hex, 16));
      if (decimal) return String.fromCodePoint(Number(decimal));
      return NAMED[name ?? ''] ?? whole;
    });
  }
  if (Array.isArray(tree)) return tree.map(decodeReferences);
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([name, child]) => [name, decodeReferences(child)]));
}

/** The content of the root element, which must be called `root`. A document type (the door of entity attacks) is refused. */
export function parseXml(text: string, root: string): Record<string, unknown> {
  if (/<!DOCTYPE|<!ENTITY/i.test(text) || XMLValidator.validate(text) !== true) throw malformedXml();
  let parsed: unknown;
  try {
    const withoutCdata = text.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, inner: string) => escapeXml(inner));
    parsed = decodeReferences((parser.parse(withoutCdata) as Record<string, unknown>)[root]);
  } catch {
    throw malformedXml();
  }
  if (parsed === '') return {};
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw malformedXml();
  return parsed as Record<string, unknown>;
}

/** The children called `name`, each an object of its own children. */
export function children(parent: Record<string, unknown>, name: string): Record<string, unknown>[] {
  const value = parent[name];
  if (value === undefined) return [];
  return (Array.isArray(value) ? (value as unknown[]) : [value]).map((child) => {
    if (child === '') return {};
    if (typeof child !== 'object' || child === null) throw malformedXml();
    return child as Record<string, unknown>;
  });
}

/** The text of a child; undefined where there is none. */
export function childText(parent: Record<string, unknown>, name: string): string | undefined {
  const value = parent[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw malformedXml();
  return value;
}
