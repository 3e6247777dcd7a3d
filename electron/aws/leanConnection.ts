import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectSecure, type ConnectionOptions } from 'node:tls';
import { parseHead, type Head } from './leanHead.ts';

/** Where the bytes of a body go. */
export interface Sink {
  /** Room for what comes next: at least 1 byte, at most `left`. Asked for again after every `took`. */
  space(left: number): Uint8Array;
  /** So many bytes were put at the beginning of the last space. Where it gives a promise, nothing is read until that resolves. */
  took(count: number): Promise<unknown> | undefined;
}

export interface Origin {
  secure: boolean;
  host: string;
  port: number;
}

export interface LeanReply {
  head: Head;
  /** The text of a refusal, up to 64 KiB. `undefined`: the body is in the sink. */
  refusal?: string;
}

interface Exchange {
  accept(head: Head): Sink;
  resolve(reply: LeanReply | undefined): void;
  reject(error: unknown): void;
}

const CONNECT_MS = 5_000;
/** Servers close what is idle, S3 after some seconds; it is better done here than found out with the next request. */
const IDLE_MS = 10_000;
const HEAD_BYTES = 16 * 1024;
const REFUSAL_BYTES = 64 * 1024;
const END_OF_HEAD = '\r\n\r\n';

const withCode = (message: string, code: string) => Object.assign(new Error(message), { code });

/**
 * One HTTP/1.1 connection whose answers' bodies are read straight into memory that the caller gives, and uses again.
 * Node's own client makes a new buffer of every 64 KiB; faulting those in costs more than the rest of a download.
 */
export class LeanConnection {
  /** It has answered before, so the server may have closed it meanwhile. */
  reused = false;
  /** Nothing came of the present answer yet. */
  silent = true;
  private readonly socket: Socket;
  private readonly top = Buffer.allocUnsafeSlow(HEAD_BYTES);
  private filled = 0;
  private exchange: Exchange | undefined;
  private head: Head | undefined;
  private sink: Sink | undefined;
  private left = 0;
  /** A refusal's text, and how much of it there is. */
  private refusal: Buffer | undefined;

  /** `agent`: options of the agent other requests go through (certificates, `lookup`). `idle` is told when it may be used again, `gone` when never more. */
  constructor(
    { secure, host, port }: Origin,
    agent: ConnectionOptions,
    private readonly tell: { idle(connection: LeanConnection): void; gone(connection: LeanConnection): void },
  ) {
    const onread = { buffer: () => this.space(), callback: (count: number) => this.took(count) };
    const options = { ...agent, host, port, noDelay: true, onread };
    this.socket = secure ? connectSecure({ ...options, ...(isIP(host) ? {} : { servername: host }) } as ConnectionOptions) : connectPlain(options as never);
    const slow = setTimeout(() => this.socket.destroy(withCode('The connection did not open in time.', 'ETIMEDOUT')), CONNECT_MS);
    this.socket.once(secure ? 'secureConnect' : 'connect', () => clearTimeout(slow));
    this.socket.on('error', (error) => this.fail(error));
    this.socket.on('end', () => this.ended());
    this.socket.on('timeout', () => this.exchange ?? this.socket.destroy());
    this.socket.on('close', () => {
      clearTimeout(slow);
      this.ended();
      this.tell.gone(this);
    });
  }

  /** Sends `request` and reads its answer; `undefined` where that has a form this client does not read. */
  get(request: string, accept: Exchange['accept']): Promise<LeanReply | undefined> {
    return new Promise((resolve, reject) => {
      this.exchange = { accept, resolve, reject };
      this.silent = true;
      this.filled = this.left = 0;
      this.head = this.sink = this.refusal = undefined;
      this.socket.setTimeout(0);
      this.socket.ref();
      this.socket.write(request);
    });
  }

  destroy(error?: Error): void {
    this.socket.destroy(error);
  }

  private space(): Uint8Array {
    if (this.refusal) return this.refusal.subarray(this.filled);
    return this.sink && this.left > 0 ? this.sink.space(this.left) : this.top.subarray(this.filled);
  }

  /** False: nothing more is read for now. */
  private took(count: number): boolean {
    this.silent = false;
    try {
      if (!this.exchange) throw new Error('The server sent what nobody asked for.');
      if (this.refusal) this.tookRefusal(count);
      else if (this.sink) return this.tookBody(count);
      else return this.tookHead(count);
    } catch (error) {
      this.fail(error);
    }
    return true;
  }

  private tookHead(count: number): boolean {
    this.filled += count;
    const end = this.top.subarray(0, this.filled).indexOf(END_OF_HEAD);
    if (end < 0) {
      if (this.filled === HEAD_BYTES) this.leave(undefined);
      return true;
    }
    const head = (this.head = parseHead(this.top.toString('latin1', 0, end)));
    const rest = Buffer.from(this.top.subarray(end + END_OF_HEAD.length, this.filled));
    this.filled = 0;
    if (!head || head.status < 200) this.leave(undefined);
    else if (head.status !== 200 && head.status !== 206) {
      this.refusal = Buffer.alloc(REFUSAL_BYTES);
      rest.copy(this.refusal);
      this.tookRefusal(rest.length);
    } else if (head.length === undefined) this.leave(undefined);
    else {
      this.left = head.length;
      if (rest.length > this.left) throw new Error('The server sent more than it announced.');
      this.sink = this.exchange!.accept(head);
      if (this.left === 0) this.finish();
      return this.pour(rest);
    }
    return true;
  }

  /** What came together with the head. */
  private pour(rest: Buffer): boolean {
    let going = true;
    for (let at = 0; at < rest.length; ) {
      const space = this.sink!.space(this.left);
      const piece = rest.subarray(at, at + space.length);
      space.set(piece);
      at += piece.length;
      going = this.tookBody(piece.length) && going;
    }
    return going;
  }

  private tookBody(count: number): boolean {
    this.left -= count;
    const wait = this.sink!.took(count);
    if (!wait) {
      if (this.left === 0) this.finish();
      return true;
    }
    wait.then(
      () => {
        if (this.left === 0) this.finish();
        this.socket.resume();
      },
      (error: unknown) => this.fail(error),
    );
    return false;
  }

  private tookRefusal(count: number): void {
    this.filled += count;
    const { length, headers } = this.head!;
    const all = this.refusal!.subarray(0, this.filled);
    const whole = length === undefined ? headers['transfer-encoding'] !== undefined && all.includes('0\r\n\r\n') : this.filled >= length;
    if (whole || this.filled === REFUSAL_BYTES) this.leave({ head: this.head!, refusal: all.toString() });
  }

  /** The answer is whole; the connection waits for the next one. */
  private finish(): void {
    const { exchange, head } = this;
    if (!exchange) return;
    this.exchange = this.sink = undefined;
    if (head!.keepsAlive) {
      this.reused = true;
      this.socket.unref();
      this.socket.setTimeout(IDLE_MS);
      this.tell.idle(this);
    } else this.socket.destroy();
    exchange.resolve({ head: head! });
  }

  /** The answer is all that is wanted of this connection. */
  private leave(reply: LeanReply | undefined): void {
    const { exchange } = this;
    this.exchange = undefined;
    this.socket.destroy();
    exchange?.resolve(reply);
  }

  private fail(error: unknown): void {
    const { exchange } = this;
    this.exchange = undefined;
    this.socket.destroy();
    exchange?.reject(error);
  }

  private ended(): void {
    if (this.refusal && this.head!.length === undefined) this.leave({ head: this.head!, refusal: this.refusal.subarray(0, this.filled).toString() });
    else this.fail(withCode('The connection ended before the answer did.', 'ECONNRESET'));
  }
}
