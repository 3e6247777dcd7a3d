/** A nested value to be unfolded. */
export interface ValueNode {
  key?: string;
  /** A leaf's text; null is NULL. */
  text?: string | null;
  /** `list` in brackets, `map` in braces. */
  kind?: 'list' | 'map';
  children?: ValueNode[];
}

function fromJson(value: unknown, key?: string): ValueNode {
  if (Array.isArray(value)) return { key, kind: 'list', children: value.map((one, i) => fromJson(one, String(i))) };
  if (typeof value === 'object' && value !== null) return { key, kind: 'map', children: Object.entries(value).map(([name, one]) => fromJson(one, name)) };
  return { key, text: value === null ? null : String(value) };
}

const close = { '[': ']', '{': '}' } as const;

/** Athena's rendering of arrays, maps and rows: `{a=1, b=[x, y]}`. Strings in it are not quoted: a comma in one splits it. */
class AthenaReader {
  #at = 0;
  constructor(private readonly text: string) {}

  read(): ValueNode | null {
    const node = this.#value();
    return node && this.#at === this.text.length ? node : null;
  }

  #value(key?: string): ValueNode | null {
    const open = this.text[this.#at];
    if (open === '[' || open === '{') return this.#nested(open, key);
    const start = this.#at;
    while (this.#at < this.text.length && !/[\]}]/.test(this.text[this.#at]!) && !this.text.startsWith(', ', this.#at)) this.#at += 1;
    const text = this.text.slice(start, this.#at);
    return { key, text: text === 'null' ? null : text };
  }

  #nested(open: '[' | '{', key?: string): ValueNode | null {
    const children: ValueNode[] = [];
    this.#at += 1;
    if (this.text[this.#at] === close[open]) {
      this.#at += 1;
      return { key, kind: open === '[' ? 'list' : 'map', children };
    }
    for (;;) {
      let name = String(children.length);
      if (open === '{') {
        const equals = this.text.indexOf('=', this.#at);
        if (equals < 0) return null;
        name = this.text.slice(this.#at, equals);
        this.#at = equals + 1;
      }
      const child = this.#value(name);
      if (!child) return null;
      children.push(child);
      if (this.text.startsWith(', ', this.#at)) this.#at += 2;
      else break;
    }
    if (this.text[this.#at] !== close[open]) return null;
    this.#at += 1;
    return { key, kind: open === '[' ? 'list' : 'map', children };
  }
}

/** The tree of JSON, or of Athena's own rendering; null where the text is neither. */
export function valueTree(value: string): ValueNode | null {
  const text = value.trim();
  if (!/^[[{]/.test(text)) return null;
  try {
    return fromJson(JSON.parse(text));
  } catch {
    return new AthenaReader(text).read();
  }
}
