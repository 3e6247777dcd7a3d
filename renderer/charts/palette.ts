import type { Theme } from '../app/themeStore.ts';

export interface ChartTheme {
  /** Series in order; told apart with any kind of colour vision (after Okabe and Ito, and Tol's muted scheme). */
  colours: readonly string[];
  /** From few to many. */
  ramp: readonly string[];
  other: string;
  text: string;
  secondary: string;
  line: string;
  surface: string;
  raised: string;
}

/** The tokens of theme/tokens.css that a canvas needs as values. */
export const chartThemes: Record<Theme, ChartTheme> = {
  dark: {
    colours: ['#2fb4a8', '#e69f00', '#6fb1f2', '#e8743b', '#d58fc0', '#f0e442', '#9d8df1', '#b5cc8e', '#c9606f', '#8fd6f5'],
    ramp: ['#16292e', '#174c53', '#1a7278', '#2a9a96', '#6fc3a6', '#d8ecb0'],
    other: '#7b8f98',
    text: '#d7e1e5',
    secondary: '#8fa3ac',
    line: '#26343c',
    surface: '#141c20',
    raised: '#1a242a',
  },
  light: {
    colours: ['#0b7f77', '#d88c00', '#1f6fc0', '#c4500f', '#b3609a', '#a39b00', '#5b3fb0', '#5f7d2e', '#882255', '#4fa3cf'],
    ramp: ['#eaf4f0', '#bfe0d6', '#86c5bb', '#47a39b', '#147d79', '#06474b'],
    other: '#8597a0',
    text: '#18262b',
    secondary: '#526770',
    line: '#d8e1e3',
    surface: '#ffffff',
    raised: '#f5f8f8',
  },
};

export const CHART_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans KR', 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif";
