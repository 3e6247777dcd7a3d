/** A PDF of `pages` pages: a rectangle of a page's own grey, and before all pages a stream of noise for each, which none draws. */
export function pdfOf(pages: number, noiseBytes: number): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  let length = parts[0]!.length;
  const add = (text: Buffer | string) => {
    const bytes = Buffer.from(text as string);
    parts.push(bytes);
    length += bytes.length;
  };
  const object = (number: number, body: Buffer | string) => {
    offsets[number] = length;
    add(`${number} 0 obj\n`);
    add(body);
    add('\nendobj\n');
  };
  const stream = (bytes: Buffer, more = '') => Buffer.concat([Buffer.from(`<< /Length ${bytes.length}${more} >>\nstream\n`), bytes, Buffer.from('\nendstream')]);
  for (let at = 0; at < pages; at += 1) object(5 + at * 3, stream(Buffer.from(Array.from({ length: noiseBytes }, (_, n) => ((n + at) * 2654435761) >>> 24))));
  object(1, '<< /Type /Catalog /Pages 2 0 R >>');
  object(2, `<< /Type /Pages /Count ${pages} /Kids [${Array.from({ length: pages }, (_, at) => `${3 + at * 3} 0 R`).join(' ')}] >>`);
  for (let at = 0; at < pages; at += 1) {
    const first = 3 + at * 3;
    object(first, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> /Contents ${first + 1} 0 R /Noise ${first + 2} 0 R >>`);
    object(first + 1, stream(Buffer.from(`${(at + 1) / (pages + 1)} g 20 20 260 120 re f 0 g BT /F1 18 Tf 20 160 Td (Page ${at + 1}) Tj ET`)));
  }
  const table = length;
  add(`xref\n0 ${offsets.length}\n0000000000 65535 f \n${offsets.slice(1).map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<< /Size ${offsets.length} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`);
  return Buffer.concat(parts);
}
