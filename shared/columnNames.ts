/** Repeated names get a number, so that each can be asked for: `a`, `a_2`; one without a name is `column_3`. */
export function distinctNames(columns: readonly { name: string }[]): string[] {
  const seen = new Set<string>();
  return columns.map(({ name }, i) => {
    const plain = name || `column_${i + 1}`;
    let distinct = plain;
    for (let n = 2; seen.has(distinct.toLowerCase()); n++) distinct = `${plain}_${n}`;
    seen.add(distinct.toLowerCase());
    return distinct;
  });
}
