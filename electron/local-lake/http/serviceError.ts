/** An error as AWS answers it: a code, an HTTP status, a sentence, and elements that only this error has. */
export class ServiceError extends Error {
  readonly code: string;
  readonly status: number;
  readonly elements: Record<string, string>;
  readonly headers: Record<string, string>;

  constructor(code: string, message: string, status: number, elements: Record<string, string> = {}, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'ServiceError';
    this.code = code;
    this.status = status;
    this.elements = elements;
    this.headers = headers;
  }
}

/** What the lake does not do says so by its name in the API. */
export const notImplemented = (what: string) => new ServiceError('NotImplemented', `The local lake does not implement ${what}.`, 501);
