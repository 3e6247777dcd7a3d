import type { AwsConnections } from '../../aws/types.ts';
import { ObjectReader, type ObjectAt } from './objectReader.ts';

/** Objects whose bytes are kept while somebody looks at them, and how long after. */
const MOST = 6;
const IDLE = 120_000;

/** The readers of the objects that were looked at last: a second look (another row group, the next page) starts from what is here. */
export class Readers {
  private readonly known = new Map<string, { reader: ObjectReader; timer: NodeJS.Timeout }>();

  constructor(private readonly aws: AwsConnections) {}

  /** A new look, at whatever the object is now. */
  open(at: ObjectAt): ObjectReader {
    this.forget(keyOf(at));
    const reader = new ObjectReader(this.aws, at);
    this.keep(keyOf(at), reader);
    return reader;
  }

  /** The same version as the last look, or a new one. */
  again(at: ObjectAt): ObjectReader {
    const key = keyOf(at);
    const { reader } = this.known.get(key) ?? { reader: new ObjectReader(this.aws, at) };
    this.forget(key);
    this.keep(key, reader);
    return reader;
  }

  close(): void {
    for (const key of [...this.known.keys()]) this.forget(key);
  }

  private keep(key: string, reader: ObjectReader): void {
    const timer = setTimeout(() => this.forget(key), IDLE);
    timer.unref();
    this.known.set(key, { reader, timer });
    const [oldest] = this.known.keys();
    if (this.known.size > MOST && oldest !== undefined) this.forget(oldest);
  }

  private forget(key: string): void {
    clearTimeout(this.known.get(key)?.timer);
    this.known.delete(key);
  }
}

const keyOf = ({ connectionId, bucket, key, versionId }: ObjectAt): string => JSON.stringify([connectionId, bucket, key, versionId]);
