/** Bytes of one block: what is written to a file at once. */
export const BLOCK = 1024 * 1024;
/** Blocks of aligned memory there are at most; whoever needs more gets memory of the usual kind. */
const ALIGNED = 96;
const WASM_PAGE = 64 * 1024;
/** How long memory nobody uses is kept for the next range, ms. */
const KEEP = 2_000;

/** Memory of BLOCK bytes. `aligned`: it begins on a page of memory, so that a disk can read it as it is. */
export interface Block {
  bytes: Buffer;
  aligned: boolean;
}

// Used again and again: every fresh buffer has to be faulted in, which takes longer than filling it.
let free: Block[] = [];
let aligned: { memory: ArrayBuffer; next: number } | undefined;
let used = 0;
let forget: NodeJS.Timeout | undefined;

function fresh(): Block {
  aligned ??= { memory: pages(), next: 0 };
  if (aligned.next + BLOCK > aligned.memory.byteLength) return { bytes: Buffer.allocUnsafeSlow(BLOCK), aligned: false };
  const bytes = Buffer.from(aligned.memory, aligned.next, BLOCK);
  aligned.next += BLOCK;
  return { bytes, aligned: true };
}

/** Node does not say where its buffers begin; WebAssembly's memory begins on a page. Untouched, it takes none. */
function pages(): ArrayBuffer {
  const count = (ALIGNED * BLOCK) / WASM_PAGE;
  try {
    return new WebAssembly.Memory({ initial: count, maximum: count }).buffer as ArrayBuffer;
  } catch {
    return new ArrayBuffer(0); // no room for it in the address space
  }
}

/** Runs `work` with two blocks of memory. How many are in use is limited by who calls. */
export async function withBlocks<T>(work: (blocks: [Block, Block]) => Promise<T>): Promise<T> {
  clearTimeout(forget);
  used += 1;
  const blocks: [Block, Block] = [free.pop() ?? fresh(), free.pop() ?? fresh()];
  try {
    return await work(blocks);
  } finally {
    free.push(...blocks);
    used -= 1;
    if (used === 0) {
      forget = setTimeout(() => {
        free = [];
        aligned = undefined;
      }, KEEP).unref();
    }
  }
}
