import type * as Monaco from 'monaco-editor/esm/vs/editor/editor.api';
import { conf, language } from 'monaco-sql-languages/esm/languages/trino/trino';

export const languageId = 'trinosql';

/** Athena's words that Trino's own grammar does not have (its Hive DDL and utility statements). */
const athenaKeywords = [
  'BUCKETS', 'BUCKETED', 'CLUSTERED', 'DATABASE', 'DATABASES', 'DBPROPERTIES', 'DELIMITED', 'ESCAPED', 'EXTERNAL', 'FIELDS',
  'FORMAT', 'FORMATTED', 'INPUTFORMAT', 'ITEMS', 'LINES', 'LOCATION', 'MSCK', 'OPTIMIZE', 'OUTPUTFORMAT', 'PARTITIONED',
  'PARTITIONS', 'RENAME', 'REPAIR', 'REPLACE', 'SERDE', 'SERDEPROPERTIES', 'STORED', 'STRUCT', 'TBLPROPERTIES', 'TERMINATED',
  'TEMPORARY', 'UNLOAD', 'VACUUM',
];

const hiveTypes = ['STRING', 'STRUCT', 'BINARY', 'INT', 'FLOAT'];

/** Highlighting: monaco-sql-languages' Trino tokens with a dialect's own words, and functions only where they are called. */
export function registerLanguage(monaco: typeof Monaco, id: string, words: { keywords: readonly string[]; types: readonly string[] }): void {
  if (monaco.languages.getLanguages().some((known) => known.id === id)) return;
  monaco.languages.register({ id, extensions: ['.sql'] });
  monaco.languages.setLanguageConfiguration(id, {
    ...conf,
    wordPattern: /(-?\d*\.\d\w*)|([\p{L}_$][\p{L}\p{N}_$]*)/gu,
  } as Monaco.languages.LanguageConfiguration);
  const trino = language as Monaco.languages.IMonarchLanguage & { keywords: string[]; typeKeywords: string[] };
  const rules = trino.tokenizer as Record<string, Monaco.languages.IMonarchLanguageRule[]>;
  monaco.languages.setMonarchTokensProvider(id, {
    ...trino,
    keywords: [...trino.keywords, ...words.keywords],
    typeKeywords: [...trino.typeKeywords, ...words.types],
    tokenizer: {
      ...rules,
      root: [
        { include: '@comments' },
        [/[a-zA-Z_]\w*(?=\s*\()/, { cases: { '@builtinFunctions': 'predefined', '@keywords': 'keyword', '@typeKeywords': 'type', '@default': 'predefined' } }],
        // After a dot stands a name, whatever it spells.
        [/(\.)([a-zA-Z_]\w*)/, ['delimiter', 'identifier']],
        // Before a dot, too; and only what is called is a function: `month` is a column, FORMAT a keyword.
        [/[a-zA-Z_]\w*(?=\s*\.)/, 'identifier'],
        [/[a-zA-Z_]\w*/, { cases: { '@operators': 'operator.keyword', '@typeKeywords': 'type', '@keywords': 'keyword', '@default': 'identifier' } }],
        ...(rules.root ?? []),
      ],
    },
  });
}

/** Athena's SQL. */
export const registerTrino = (monaco: typeof Monaco): void => registerLanguage(monaco, languageId, { keywords: athenaKeywords, types: hiveTypes });
