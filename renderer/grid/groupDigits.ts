/** Groups the digits before the point: `1234567.5` → `1,234,567.5`. Leaves what is not a plain number alone. */
export function groupDigits(text: string, separator = ','): string {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(text);
  return match ? `${match[1]}${(match[2] as string).replace(/\B(?=(\d{3})+$)/g, separator)}${match[3] ?? ''}` : text;
}
