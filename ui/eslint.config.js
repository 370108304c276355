import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const onlyApiMayCallTauri = {
  patterns: [{ group: ['@tauri-apps/*'], message: 'Only src/lib/api talks to Tauri.' }],
};
const webViewKeepsNothing = ['localStorage', 'sessionStorage', 'indexedDB', 'caches'].map((name) => ({
  name,
  message: 'The WebView keeps nothing: drafts and settings go to the core.',
}));

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'src/lib/api/generated.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    files: ['src/**'],
    rules: {
      'no-restricted-imports': ['error', onlyApiMayCallTauri],
      'no-restricted-globals': ['error', ...webViewKeepsNothing],
      'no-console': 'error',
      'svelte/no-at-html-tags': 'error',
      // Written through the CSSOM, which the policy allows; `style=` attributes are refused below.
      'svelte/no-inline-styles': 'off',
      'svelte/no-restricted-html-elements': [
        'error',
        { elements: ['style', 'iframe'], message: 'The policy refuses it.' },
      ],
      // These sets and maps are replaced, never changed, or are not shown at all.
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  { files: ['src/lib/api/transport.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['dev/**', 'tests/**', 'scripts/**', '*.ts', '*.js'], languageOptions: { globals: { ...globals.node } } },
);
