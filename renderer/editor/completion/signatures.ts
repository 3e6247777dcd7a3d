import type * as Monaco from 'monaco-editor/esm/vs/editor/editor.api';
import { tokenize } from '../../../shared/sql/lexer.ts';
import { languageId } from '../trinoLanguage.ts';
import { functionDocs } from './functionDocs.ts';
import type { FunctionDoc } from './suggestions.ts';

const byName = (name: string): FunctionDoc[] => functionDocs.filter((doc) => doc.name === name.toLowerCase());

/** The call the cursor is in: its name and how many commas stand before the cursor. null outside of calls. */
export function callAround(before: string): { name: string; argument: number } | null {
  const tokens = tokenize(before, 'trino').slice(0, -1);
  let depth = 0;
  let argument = 0;
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const token = tokens[at];
    if (token?.kind !== 'op') continue;
    if (token.value === ')' || token.value === ']') depth += 1;
    else if (token.value === '[') depth -= 1;
    else if (token.value === ',' && depth === 0) argument += 1;
    else if (token.value === ';') return null;
    else if (token.value === '(' && depth-- === 0) {
      const name = tokens[at - 1];
      return name?.kind === 'word' ? { name: name.text, argument } : null;
    }
  }
  return null;
}

/** The parameters of `f(a, b) → t`, as Monaco wants them: pieces of the label. */
const parametersOf = (signature: string): string[] => {
  const open = signature.indexOf('(');
  const close = signature.lastIndexOf(') →');
  const inside = close > open ? signature.slice(open + 1, close) : '';
  // Commas inside a type's own parentheses, as in `map(k, v)`, separate nothing here.
  return inside ? inside.split(/,\s*(?![^(]*\))/) : [];
};

export function registerSignatures(monaco: typeof Monaco): void {
  monaco.languages.registerSignatureHelpProvider(languageId, {
    signatureHelpTriggerCharacters: ['(', ','],
    provideSignatureHelp(model, position) {
      const call = callAround(model.getValueInRange(new monaco.Range(1, 1, position.lineNumber, position.column)));
      const docs = call && byName(call.name);
      if (!call || !docs?.length) return null;
      const signatures = docs.map(({ signature, description }) => ({ label: signature, documentation: description, parameters: parametersOf(signature).map((label) => ({ label })) }));
      const fits = signatures.findIndex(({ parameters }) => parameters.length > call.argument);
      return { value: { signatures, activeSignature: Math.max(0, fits), activeParameter: call.argument }, dispose: () => undefined };
    },
  });
  monaco.languages.registerHoverProvider(languageId, {
    provideHover(model, position) {
      const word = model.getWordAtPosition(position);
      const docs = word ? byName(word.word) : [];
      const follows = word && model.getLineContent(position.lineNumber).slice(word.endColumn - 1).trimStart().startsWith('(');
      if (!docs.length || !follows) return null;
      return { contents: docs.flatMap(({ signature, description }) => [{ value: `\`\`\`\n${signature}\n\`\`\`` }, ...(description ? [{ value: description }] : [])]) };
    },
  });
}
