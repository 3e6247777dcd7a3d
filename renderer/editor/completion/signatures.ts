import type * as Monaco from 'monaco-editor/esm/vs/editor/editor.api';
import { languageIds } from '../dialects.ts';
import { callAround } from './callAround.ts';
import { functionDocs } from './functionDocs.ts';
import { completionSourceOf } from './provider.ts';
import type { FunctionDoc } from './suggestions.ts';

const byName = (model: Monaco.editor.ITextModel, name: string): FunctionDoc[] => (completionSourceOf(model)?.functions?.() ?? functionDocs).filter((doc) => doc.name === name.toLowerCase());

/** The parameters of `f(a, b) → t`, as Monaco wants them: pieces of the label. */
const parametersOf = (signature: string): string[] => {
  const open = signature.indexOf('(');
  const close = signature.lastIndexOf(') →');
  const inside = close > open ? signature.slice(open + 1, close) : '';
  // Commas inside a type's own parentheses, as in `map(k, v)`, separate nothing here.
  return inside ? inside.split(/,\s*(?![^(]*\))/) : [];
};

export function registerSignatures(monaco: typeof Monaco): void {
  monaco.languages.registerSignatureHelpProvider(languageIds, {
    signatureHelpTriggerCharacters: ['(', ','],
    provideSignatureHelp(model, position) {
      const call = callAround(model.getValueInRange(new monaco.Range(1, 1, position.lineNumber, position.column)));
      const docs = call && byName(model, call.name);
      if (!call || !docs?.length) return null;
      const signatures = docs.map(({ signature, description }) => ({ label: signature, documentation: description, parameters: parametersOf(signature).map((label) => ({ label })) }));
      const fits = signatures.findIndex(({ parameters }) => parameters.length > call.argument);
      return { value: { signatures, activeSignature: Math.max(0, fits), activeParameter: call.argument }, dispose: () => undefined };
    },
  });
  monaco.languages.registerHoverProvider(languageIds, {
    provideHover(model, position) {
      const word = model.getWordAtPosition(position);
      const docs = word ? byName(model, word.word) : [];
      const follows = word && model.getLineContent(position.lineNumber).slice(word.endColumn - 1).trimStart().startsWith('(');
      if (!docs.length || !follows) return null;
      return { contents: docs.flatMap(({ signature, description }) => [{ value: `\`\`\`\n${signature}\n\`\`\`` }, ...(description ? [{ value: description }] : [])]) };
    },
  });
}
