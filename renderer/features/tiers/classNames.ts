import type { TFunction } from 'i18next';

/** One colour a class, the warmer the class the warmer the light: always beside its name. */
export const CLASS_COLOURS: Record<string, string> = {
  STANDARD: 'var(--colour-teal)',
  INTELLIGENT_TIERING: 'var(--colour-violet)',
  STANDARD_IA: 'var(--colour-blue)',
  ONEZONE_IA: 'color-mix(in srgb, var(--colour-blue) 55%, var(--surface))',
  GLACIER_IR: 'var(--colour-amber)',
  GLACIER: 'var(--colour-red)',
  DEEP_ARCHIVE: 'color-mix(in srgb, var(--colour-red) 50%, var(--surface))',
};

export const classColour = (name: string): string => CLASS_COLOURS[name] ?? 'var(--colour-grey)';
export const className = (t: TFunction, name: string): string => t(`objects:storageClass.${name}`, { defaultValue: name });
/** Warmest first, unknown ones last. */
export const classOrder = (a: string, b: string): number => {
  const order = Object.keys(CLASS_COLOURS);
  const at = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return at(a) - at(b) || a.localeCompare(b);
};
