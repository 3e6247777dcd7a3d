/**
 * Two listings in S3's key order (bytes of UTF-8) as one: every entry of either, with the one of the same name of the
 * other, and where there is none with the `next` one of the other. Neither is held whole.
 */
export async function* besideEachOther<A, B>(ones: AsyncIterable<A>, nameOf: (one: A) => string, others: AsyncIterable<B>, nameOfOther: (other: B) => string): AsyncGenerator<{ one?: A; other?: B; next?: B }> {
  const [left, right] = [ones[Symbol.asyncIterator](), others[Symbol.asyncIterator]()];
  try {
    let [one, other] = await Promise.all([left.next(), right.next()]);
    while (!one.done || !other.done) {
      const order = one.done ? 1 : other.done ? -1 : byBytes(nameOf(one.value), nameOfOther(other.value));
      yield { ...(order <= 0 && !one.done ? { one: one.value } : {}), ...(other.done ? {} : order >= 0 ? { other: other.value } : { next: other.value }) };
      if (order <= 0) one = await left.next();
      if (order >= 0) other = await right.next();
    }
  } finally {
    await Promise.all([left.return?.(), right.return?.()]);
  }
}

/** S3's order of keys. */
export const byBytes = (a: string, b: string): number => (a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b)));

export async function* flat<T>(pages: AsyncIterable<T[]>): AsyncGenerator<T> {
  for await (const page of pages) yield* page;
}
