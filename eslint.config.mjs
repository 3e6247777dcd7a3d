import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** The layers of docs/decisions: who may import whom. */
const zones = [
  { target: './renderer', from: ['./electron', './test', './build'], message: 'The page imports shared/ only; the backend is behind the contract.' },
  { target: './shared', from: ['./electron', './renderer', './test', './build'], message: 'shared/ imports neither side.' },
  { target: './electron', from: ['./renderer', './test', './build'], message: 'The backend does not know the page.' },
  {
    target: './electron/!(local-lake)/**/*',
    from: './electron/local-lake',
    message: 'Only the two entry files know the local lake; everyone else talks to it over HTTP.',
  },
];

export default tseslint.config(
  { ignores: ['out/**', 'dist/**', 'node_modules/**', 'test-results/**', 'playwright-report/**'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mjs}'],
    plugins: { 'import-x': importX, 'react-hooks': reactHooks },
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.json' })] },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': ['error', { maxDepth: 8 }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  { files: ['renderer/**/*.{ts,tsx}'], rules: { ...reactHooks.configs.recommended.rules, 'react-hooks/incompatible-library': 'off' } }, // no React Compiler here: nothing is memoised behind our back
  {
    files: ['**/*.{ts,tsx}'],
    ignores: ['electron/main.ts', 'electron/shell/**', 'test/**'],
    rules: { 'no-restricted-imports': ['error', { paths: [{ name: 'electron', message: 'Only electron/main.ts and electron/shell/ import electron.' }] }] },
  },
  {
    files: ['renderer/**/*.{ts,tsx}', 'shared/**/*.ts', 'electron/**/*.ts'],
    ignores: ['electron/aws/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name=/^(S3|Glue|Athena|STS|SSO|SSOOIDC|LakeFormation|Kinesis|Firehose)Client$/]", message: 'SDK clients are made by the factory in electron/aws/ only.' },
      ],
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'zod', message: 'The page imports the types of the contract only.', allowTypeImports: true },
            { name: 'ag-grid-enterprise', message: 'Community only.' },
            { name: 'electron', message: 'The page has no Electron.' },
          ],
        },
      ],
    },
  },
  { files: ['build/**', 'test/**', 'electron/serve.ts', 'electron/main.ts', 'electron/local-lake/main.ts'], rules: { 'no-console': 'off' } },
);
