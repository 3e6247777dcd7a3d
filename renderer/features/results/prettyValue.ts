/**
 * A cell's text laid out to be read: JSON indented; Athena's own rendering of arrays, maps and rows (`{a=1, b=[x, y]}`,
 * whose strings are not quoted) broken at its brackets and commas. Anything else as it is.
 */
export function prettyValue(value: string): string {
  const text = value.trim();
  if (!/^[[{]/.test(text)) return value;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return /[\]}]$/.test(text) ? breakBrackets(text) : value;
  }
}

function breakBrackets(text: string): string {
  let depth = 0;
  let shown = '';
  const line = () => `\n${'  '.repeat(depth)}`;
  for (let at = 0; at < text.length; at += 1) {
    const ch = text[at] as string;
    if (ch === '[' || ch === '{') {
      const close = text[at + 1];
      if (close === ']' || close === '}') {
        shown += ch + close;
        at += 1;
        continue;
      }
      depth += 1;
      shown += ch + line();
    } else if (ch === ']' || ch === '}') {
      depth = Math.max(0, depth - 1);
      shown += line() + ch;
    } else if (ch === ',' && text[at + 1] === ' ' && depth > 0) {
      shown += `,${line()}`;
      at += 1;
    } else shown += ch;
  }
  return shown;
}
