import { readFile } from 'node:fs/promises';
import { configure, TextWriter, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import { XMLParser } from 'fast-xml-parser';

configure({ useWebWorkers: false });

export interface SheetCell {
  kind: 'text' | 'number' | 'boolean';
  value: string;
  style: number;
}

/** The names of a workbook's sheets, in their order. */
export async function sheetNames(file: string): Promise<string[]> {
  const workbook = parse(await entry(file, 'xl/workbook.xml')) as { workbook: { sheets: { sheet: { '@name': string }[] } } };
  return workbook.workbook.sheets.sheet.map((sheet) => sheet['@name']);
}

const parse = (xml: string): unknown =>
  new XMLParser({ ignoreAttributes: false, htmlEntities: true, attributeNamePrefix: '@', parseTagValue: false, parseAttributeValue: false, trimValues: false, isArray: (name) => ['row', 'c', 'sheet'].includes(name) }).parse(xml);

async function entry(file: string, name: string): Promise<string> {
  const reader = new ZipReader(new Uint8ArrayReader(await readFile(file)));
  const found = (await reader.getEntries()).find((one) => one.filename === name);
  if (!found || found.directory) throw new Error(`${file} has no ${name}.`);
  return found.getData(new TextWriter());
}

/** `_x000D_` is the character of that number (ECMA-376, ST_Xstring). */
const unescaped = (text: string): string => text.replace(/_x([0-9A-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

interface RawCell {
  '@t'?: string;
  '@s'?: string;
  v?: string;
  is?: { t?: string | { '#text'?: string } };
}

/** Rows of a sheet, by the standard and not by what writes it; null is an empty cell. */
export async function readSheet(file: string, sheet = 1): Promise<(SheetCell | null)[][]> {
  const { worksheet } = parse(await entry(file, `xl/worksheets/sheet${sheet}.xml`)) as { worksheet: { sheetData: { row?: { c?: RawCell[] }[] } } };
  return (worksheet.sheetData.row ?? []).map(({ c = [] }) =>
    c.map((cell) => {
      const style = Number(cell['@s'] ?? 0);
      if (cell['@t'] === 'inlineStr') {
        const text = cell.is?.t;
        return { kind: 'text', style, value: unescaped(typeof text === 'string' ? text : (text?.['#text'] ?? '')) };
      }
      if (cell['@t'] === 'b') return { kind: 'boolean', style, value: cell.v === '1' ? 'true' : 'false' };
      return cell.v === undefined ? null : { kind: 'number', style, value: cell.v };
    }),
  );
}
