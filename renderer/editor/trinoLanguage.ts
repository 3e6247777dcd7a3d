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

/** Highlighting: monaco-sql-languages' Trino tokens, with Athena's words, and functions only where they are called. */
export function registerTrino(monaco: typeof Monaco): void {
  if (monaco.languages.getLanguages().some(({ id }) => id === languageId)) return;
  monaco.languages.register({ id: languageId, extensions: ['.sql'] });
  monaco.languages.setLanguageConfiguration(languageId, {
    ...conf,
    wordPattern: /(-?\d*\.\d\w*)|([\p{L}_$][\p{L}\p{N}_$]*)/gu,
  } as Monaco.languages.LanguageConfiguration);
  const trino = language as Monaco.languages.IMonarchLanguage & { keywords: string[]; typeKeywords: string[] };
  const rules = trino.tokenizer as Record<string, Monaco.languages.IMonarchLanguageRule[]>;
  monaco.languages.setMonarchTokensProvider(languageId, {
    ...trino,
    keywords: [...trino.keywords, ...athenaKeywords],
    typeKeywords: [...trino.typeKeywords, ...hiveTypes],
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
