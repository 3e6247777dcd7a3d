import { getDocument, GlobalWorkerOptions, PDFDataRangeTransport, type PDFDocumentProxy, type RenderTask } from 'pdfjs-dist';
import { bytesOf } from './hexDump.ts';

// The worker is a file of ours, as the page's policy wants it.
GlobalWorkerOptions.workerSrc = new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url).href;

/** As the contract takes them. */
const MOST_AT_ONCE = 1024 * 1024;
const FIRST = 64 * 1024;
/** Page dictionaries may lie far apart, and pdf.js goes through them all to the last page: small pieces keep that cheap. */
const PIECE = 16 * 1024;
/** A canvas of more pixels is not drawn in full resolution. */
const MOST_PIXELS = 16_000_000;

interface Options {
  /** Bytes of the file, and of it that are read at most. */
  size: number;
  budget: number;
  words: { password: string; budget: string };
  /** Base64 of some bytes. */
  read(start: number, length: number, signal: AbortSignal): Promise<string>;
}

export interface OpenPdf {
  pages: number;
  /** Draws a page as wide as `width` CSS pixels. Rejects when aborted. */
  draw(page: number, canvas: HTMLCanvasElement, width: number, signal: AbortSignal): Promise<void>;
}

/** A PDF read by ranges. What it runs is no script: pdf.js draws, and its worker is all that parses. */
export function openPdf({ size, budget, words, read }: Options): { opened: Promise<OpenPdf>; close(): void } {
  const gone = new AbortController();
  let spent = 0;
  let fail!: (error: Error) => void;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);

  const bytes = async (start: number, end: number): Promise<Uint8Array> => {
    spent += end - start;
    if (spent > budget) throw new Error(words.budget);
    const whole = new Uint8Array(end - start);
    for (let at = start; at < end; at += MOST_AT_ONCE) whole.set(bytesOf(await read(at, Math.min(MOST_AT_ONCE, end - at), gone.signal)), at - start);
    return whole;
  };
  class Ranges extends PDFDataRangeTransport {
    override requestDataRange(begin: number, end: number): void {
      bytes(begin, Math.min(end, size)).then((chunk) => this.onDataRange(begin, chunk), fail);
    }
  }
  const start = async (): Promise<PDFDocumentProxy> => {
    const range = new Ranges(size, await bytes(0, Math.min(FIRST, size)));
    const from = (folder: string) => new URL(`pdf/${folder}/`, document.baseURI).href;
    const task = getDocument({
      range,
      rangeChunkSize: PIECE,
      disableAutoFetch: true,
      disableStream: true,
      enableXfa: false,
      // Compiling WebAssembly is not allowed by the page's policy; there is JavaScript for it.
      useWasm: false,
      useWorkerFetch: false,
      wasmUrl: from('wasm'),
      cMapUrl: from('cmaps'),
      cMapPacked: true,
      standardFontDataUrl: from('standard_fonts'),
    });
    task.onPassword = () => fail(new Error(words.password));
    gone.signal.addEventListener('abort', () => void task.destroy(), { once: true });
    return task.promise;
  };

  const opened = Promise.race([start(), failed]).then((pdf): OpenPdf => ({
    pages: pdf.numPages,
    draw: (number, canvas, width, signal) => Promise.race([drawPage(pdf, number, canvas, width, signal), failed]),
  }));
  return { opened, close: () => gone.abort() };
}

async function drawPage(pdf: PDFDocumentProxy, number: number, canvas: HTMLCanvasElement, width: number, signal: AbortSignal): Promise<void> {
  const page = await pdf.getPage(number);
  if (signal.aborted) throw new Error('Another page is wanted.');
  const natural = page.getViewport({ scale: 1 });
  const scale = Math.max(0.1, Math.min(2, width / natural.width));
  const shown = page.getViewport({ scale });
  const density = Math.min(window.devicePixelRatio || 1, Math.sqrt(MOST_PIXELS / (shown.width * shown.height)));
  // Drawn aside: a canvas takes one drawing at a time.
  const aside = document.createElement('canvas');
  aside.width = Math.max(1, Math.floor(shown.width * density));
  aside.height = Math.max(1, Math.floor(shown.height * density));
  const task: RenderTask = page.render({ canvas: aside, viewport: page.getViewport({ scale: scale * density }) });
  signal.addEventListener('abort', () => task.cancel(), { once: true });
  await task.promise;
  canvas.width = aside.width;
  canvas.height = aside.height;
  canvas.style.width = `${Math.floor(shown.width)}px`;
  canvas.getContext('2d')?.drawImage(aside, 0, 0);
  page.cleanup();
}
