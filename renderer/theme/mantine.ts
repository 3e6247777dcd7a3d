import { Button, createTheme, Menu, Modal, Select, Switch, Textarea, TextInput, Tooltip, type MantineColorsTuple } from '@mantine/core';

const teal: MantineColorsTuple = ['#e3f6f4', '#d6efec', '#a9ded8', '#79ccc4', '#50bdb2', '#2fb4a8', '#1f9c91', '#0b7f77', '#08665f', '#054c47'];

/** Mantine at the app's density: 13 px, radius 6, one accent. Colours come from theme/mantine.css. */
export const mantineTheme = createTheme({
  primaryColor: 'secchi',
  primaryShade: { light: 7, dark: 5 },
  colors: { secchi: teal },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 'var(--radius)',
  fontSizes: { xs: '11px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  cursorType: 'default',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs' }, vars: () => ({ root: { '--button-height': '28px', '--button-fz': '13px' } }) }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'xs' } }),
    Select: Select.extend({ defaultProps: { size: 'xs', comboboxProps: { shadow: 'md' } } }),
    Switch: Switch.extend({ defaultProps: { size: 'sm' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 500, withinPortal: true, transitionProps: { duration: 80 } } }),
    // The placeholder that takes the focus first is no entry of a menu; the first entry takes it.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({ defaultProps: { transitionProps: { duration: 100 }, overlayProps: { backgroundOpacity: 0.45 }, centered: true } }),
  },
});
