import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Only this file talks to the shell; the same window runs on recorded events in a plain browser. */
const onlyTauriFile = {
  patterns: [{ group: ['@tauri-apps/*'], message: 'Only src/api/tauri.ts talks to Tauri.' }],
};

export default ts.config(
  { ignores: ['dist', 'dist-recorded', 'recorded', 'src/words/ids.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      'no-undef': 'off',
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      eqeqeq: 'error',
      'no-restricted-imports': ['error', onlyTauriFile],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
    rules: {
      // Maps and sets in state are replaced, never changed in place.
      'svelte/prefer-svelte-reactivity': 'off',
      // Data is drawn as text only.
      'svelte/no-at-html-tags': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "SvelteAttribute[key.name='style']",
          message: 'The CSP forbids style attributes; style: directives go through the CSSOM.',
        },
      ],
      'svelte/require-each-key': 'error',
    },
  },
  {
    // Tiers: shared components know nothing of the domain; maths knows nothing of components.
    files: ['src/components/shared/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...onlyTauriFile.patterns,
            { group: ['**/views/*', '**/state/*'], message: 'shared <- domain <- views' },
          ],
        },
      ],
    },
  },
  {
    files: ['src/graph/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...onlyTauriFile.patterns,
            {
              group: ['svelte', 'svelte/*', '**/views/*', '**/components/*', '**/state/*'],
              message: 'Pure maths.',
            },
          ],
        },
      ],
    },
  },
  { files: ['src/api/tauri.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['scripts/**'], rules: { 'no-console': 'off' } },
);
