import i18next from 'i18next';

const language = (): string => i18next.language || 'en';

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** 1,024-based, three significant figures: `612 B`, `4.1 MB`, `1.9 GB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${new Intl.NumberFormat(language(), { maximumFractionDigits: digits }).format(value)} ${UNITS[unit]}`;
}

/** With the language's thousands separators. */
export const formatNumber = (value: number): string => new Intl.NumberFormat(language()).format(value);

const two = (value: number): string => String(value).padStart(2, '0');

/** An ISO 8601 instant in local time, sortable by eye: `2026-11-21 18:04`. Empty for no instant. */
export function formatDate(iso: string | undefined, withSeconds = false): string {
  if (!iso) return '';
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const minutes = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
  return withSeconds ? `${minutes}:${two(at.getSeconds())}` : minutes;
}

/** Milliseconds as people say them: `86 ms`, `0.41 s`, `12 s`, `3 min 20 s`. */
export function formatDuration(millis: number): string {
  if (millis < 100) return `${Math.round(millis)} ms`;
  const seconds = millis / 1000;
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** US dollars as small as Athena's prices are: `$0`, `$0.001`, `$1.25`. */
export function formatPrice(dollars: number): string {
  if (dollars === 0) return '$0';
  if (dollars < 0.0001) return '<$0.0001';
  return `$${dollars < 1 ? String(Number(dollars.toPrecision(2))) : dollars.toFixed(2)}`;
}

/** Bytes a second: `84 MB/s`. */
export const formatSpeed = (bytesPerSecond: number): string => `${formatBytes(bytesPerSecond)}/s`;
