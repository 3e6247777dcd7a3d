import {
  CellApiModule, CellStyleModule, ColumnApiModule, ColumnAutoSizeModule, EventApiModule, InfiniteRowModelModule, ModuleRegistry, RenderApiModule, RowApiModule, ScrollApiModule, themeQuartz,
} from 'ag-grid-community';

// Community modules only, and only those in use, so that the bundle stays small.
ModuleRegistry.registerModules([
  InfiniteRowModelModule, ColumnAutoSizeModule, ColumnApiModule, CellApiModule, CellStyleModule, ScrollApiModule, RowApiModule, RenderApiModule, EventApiModule,
]);

/** px */
export const rowHeight = 25;

/** ag-grid in the app's tokens: they are CSS variables, so both themes come from the same object. */
export const gridTheme = themeQuartz.withParams({
  backgroundColor: 'var(--surface)',
  foregroundColor: 'var(--text)',
  headerBackgroundColor: 'var(--raised)',
  headerTextColor: 'var(--text)',
  headerFontWeight: 600,
  borderColor: 'var(--line)',
  accentColor: 'var(--accent)',
  fontFamily: 'inherit',
  fontSize: 13,
  headerFontSize: 13,
  rowHeight,
  headerHeight: 30,
  cellHorizontalPadding: 10,
  spacing: 6,
  borderRadius: 0,
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  rowHoverColor: 'var(--hover)',
  columnBorder: { color: 'var(--line)' },
  headerColumnBorder: { color: 'var(--line)' },
  headerColumnResizeHandleColor: 'transparent',
  headerCellHoverBackgroundColor: 'var(--hover)',
  iconSize: 13,
});
