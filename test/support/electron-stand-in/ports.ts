import { EventEmitter } from 'node:events';

/** Electron's MessagePortMain: queues until `start`, closes both sides together. */
export class StandInPort extends EventEmitter {
  other: StandInPort | undefined;
  private started = false;
  private closed = false;
  private readonly queue: unknown[] = [];

  postMessage(data: unknown): void {
    // Ports clone: later changes by the sender must not be seen.
    this.other?.receive(structuredClone(data));
  }

  private receive(data: unknown): void {
    if (this.closed) return;
    if (!this.started) this.queue.push(data);
    else setImmediate(() => this.emit('message', { data, ports: [] }));
  }

  start(): void {
    this.started = true;
    for (const data of this.queue.splice(0)) this.receive(data);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    setImmediate(() => this.emit('close'));
    this.other?.close();
  }
}

export class MessageChannelMain {
  readonly port1 = new StandInPort();
  readonly port2 = new StandInPort();
  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}

/** What crosses between Node and the page is JSON; bytes travel as base64. */
export type Wire = { text: string } | { bytes: string };

export const toWire = (data: unknown): Wire => {
  if (typeof data === 'string') return { text: data };
  if (data instanceof Uint8Array) return { bytes: Buffer.from(data).toString('base64') };
  if (data instanceof ArrayBuffer) return { bytes: Buffer.from(data).toString('base64') };
  throw new Error('Only text and bytes cross a relayed port.');
};

export const fromWire = (wire: Wire): unknown => ('text' in wire ? wire.text : new Uint8Array(Buffer.from(wire.bytes, 'base64')));
