import { Readable } from 'node:stream';
import { xmlResponse, type S3Response } from './context.ts';
import { toServiceError } from './errors.ts';
import { document, element } from './xml.ts';

/** How long an answer may take before the client is told that we are still there. */
const PATIENCE_MS = 5_000;

interface Answer {
  xml: string;
  /** Go with it only where it was not late. */
  headers?: Record<string, string>;
}

/**
 * An answer that may take minutes (putting a large object together). Where it takes long the status and white space go
 * out first, as S3 does, so that no client gives up; an error is then in the body of a 200.
 */
export async function slowXmlResponse(work: Promise<Answer>): Promise<S3Response> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS, undefined)));
  const answer = await Promise.race([work, late]).finally(() => clearTimeout(timer));
  if (answer !== undefined) return xmlResponse(answer.xml, answer.headers);
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: Readable.from(waiting(work)) };
}

async function* waiting(work: Promise<Answer>): AsyncGenerator<string> {
  const [declaration, rest] = ['<?xml version="1.0" encoding="UTF-8"?>\n', (xml: string) => xml.slice(xml.indexOf('\n') + 1)];
  yield declaration;
  let result: string | undefined;
  const settled = work.then(
    ({ xml }) => (result = rest(xml)),
    (error: unknown) => {
      const { code, message } = toServiceError(error);
      result = rest(document('Error', [element('Code', code), element('Message', message)], null));
    },
  );
  while (result === undefined) {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([settled, new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)))]);
    clearTimeout(timer);
    if (result === undefined) yield ' ';
  }
  yield result;
}
