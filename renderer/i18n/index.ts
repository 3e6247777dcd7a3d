import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

/** Every <feature>.json of a language is one namespace: `useTranslation('objects')`, `t('upload')`. */
const files = import.meta.glob<Record<string, unknown>>(['./en/*.json', './ko/*.json'], { eager: true, import: 'default' });

export type Language = 'en' | 'ko';

function resources(): Record<string, Record<string, Record<string, unknown>>> {
  const byLanguage: Record<string, Record<string, Record<string, unknown>>> = { en: {}, ko: {} };
  for (const [file, messages] of Object.entries(files)) {
    const [, language = '', feature = ''] = /\.\/(\w+)\/([\w-]+)\.json$/.exec(file) ?? [];
    const namespaces = byLanguage[language];
    if (namespaces) namespaces[feature] = messages;
  }
  return byLanguage;
}

export const systemLanguage = (): Language => (navigator.language.toLowerCase().startsWith('ko') ? 'ko' : 'en');

export function startI18n(): void {
  void i18next.use(initReactI18next).init({
    resources: resources() as never,
    lng: systemLanguage(),
    fallbackLng: 'en',
    defaultNS: 'window',
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
  });
  document.documentElement.lang = i18next.language;
}

export function setLanguage(language: Language | 'system'): void {
  const next = language === 'system' ? systemLanguage() : language;
  if (next !== i18next.language) void i18next.changeLanguage(next);
  document.documentElement.lang = next;
}
