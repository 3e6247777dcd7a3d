import type * as Monaco from 'monaco-editor/esm/vs/editor/editor.api';

export type ThemeName = 'dark' | 'light';

/** Monaco paints on its own and cannot read CSS variables: these repeat the tokens of renderer/app's theme. */
const palettes = {
  dark: {
    surface: '#141c20', raised: '#1a242a', line: '#26343c', text: '#d7e1e5', secondary: '#8fa3ac', faint: '#5f737c',
    accent: '#2fb4a8', tint: '#123f3e', selection: '#1d4a52', error: '#e5675d', warning: '#e0a33a',
    keyword: '#6cb6ff', function: '#c9a6f5', number: '#e8a66a', string: '#8fce8f', type: '#63cfc4', comment: '#6f8791',
  },
  light: {
    surface: '#ffffff', raised: '#f5f8f8', line: '#d8e1e3', text: '#18262b', secondary: '#556a72', faint: '#8597a0',
    accent: '#0b7f77', tint: '#d6efec', selection: '#c4e4e1', error: '#b93a32', warning: '#a86a00',
    keyword: '#0b5cad', function: '#7a35b0', number: '#a04a00', string: '#2b7330', type: '#0b6f68', comment: '#64787f',
  },
};

export function defineThemes(monaco: typeof Monaco): void {
  for (const name of ['dark', 'light'] as const) {
    const colour = palettes[name];
    const rule = (token: string, foreground: string, fontStyle?: string) => ({ token, foreground: foreground.slice(1), fontStyle });
    monaco.editor.defineTheme(`secchi-${name}`, {
      base: name === 'dark' ? 'vs-dark' : 'vs',
      inherit: true,
      rules: [
        rule('', colour.text),
        rule('comment', colour.comment),
        rule('keyword', colour.keyword),
        rule('operator.keyword', colour.keyword),
        rule('operator', colour.text),
        rule('predefined', colour.function),
        rule('number', colour.number),
        // The base themes colour these three of SQL's tokens by their full names.
        rule('predefined.sql', colour.function),
        rule('string.sql', colour.string),
        rule('operator.sql', colour.text),
        rule('string', colour.string),
        rule('type', colour.type),
        rule('variable', colour.number),
        rule('identifier', colour.text),
        rule('delimiter', colour.text),
      ],
      colors: {
        'editor.background': colour.surface,
        'editor.foreground': colour.text,
        'editorLineNumber.foreground': colour.secondary,
        'editorLineNumber.activeForeground': colour.text,
        'editorCursor.foreground': colour.accent,
        'editor.selectionBackground': colour.selection,
        'editor.inactiveSelectionBackground': `${colour.selection}99`,
        'editor.wordHighlightBackground': `${colour.selection}80`,
        'editor.selectionHighlightBackground': `${colour.selection}66`,
        'editor.findMatchBackground': `${colour.warning}66`,
        'editor.findMatchHighlightBackground': `${colour.warning}33`,
        'editor.lineHighlightBorder': '#00000000',
        'editor.lineHighlightBackground': `${colour.raised}`,
        'editorBracketMatch.background': colour.tint,
        'editorBracketMatch.border': colour.accent,
        ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`editorBracketHighlight.foreground${level}`, colour.text])),
        'editorError.foreground': colour.error,
        'editorWarning.foreground': colour.warning,
        'editorWidget.background': colour.raised,
        'editorWidget.border': colour.line,
        'editorActionList.focusBackground': colour.selection,
        'editorActionList.focusForeground': colour.text,
        'editorSuggestWidget.background': colour.raised,
        'editorSuggestWidget.border': colour.line,
        'editorSuggestWidget.foreground': colour.text,
        'editorSuggestWidget.selectedBackground': colour.selection,
        'editorSuggestWidget.selectedForeground': colour.text,
        'editorSuggestWidget.highlightForeground': colour.accent,
        'editorSuggestWidget.focusHighlightForeground': colour.accent,
        'editorHoverWidget.background': colour.raised,
        'editorHoverWidget.border': colour.line,
        'input.background': colour.surface,
        'input.border': colour.line,
        'input.foreground': colour.text,
        focusBorder: colour.accent,
        'scrollbarSlider.background': `${colour.faint}55`,
        'scrollbarSlider.hoverBackground': `${colour.faint}88`,
        'scrollbarSlider.activeBackground': `${colour.faint}aa`,
        'scrollbar.shadow': '#00000000',
        'editorOverviewRuler.border': '#00000000',
        'editorIndentGuide.background1': '#00000000',
        'menu.background': colour.raised,
        'menu.foreground': colour.text,
        'menu.selectionBackground': colour.selection,
        'menu.selectionForeground': colour.text,
        'menu.border': colour.line,
        'editorPlaceholder.foreground': colour.secondary,
      },
    });
  }
}
