import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const savedState = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(640).max(20_000),
  height: z.number().int().min(400).max(20_000),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof savedState>;

interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

const fileIn = (dataDir: string) => path.join(dataDir, 'app', 'window.json');

/** Where the window was, if that place still exists: at least a corner of it must be on a display. */
export function readWindowState(dataDir: string, displays: Area[]): WindowState | undefined {
  let text: string;
  try {
    text = readFileSync(fileIn(dataDir), 'utf8');
  } catch {
    return undefined; // the first start
  }
  const parsed = savedState.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const { x, y } = parsed.data;
  const visible = displays.some((d) => x + 100 > d.x && x < d.x + d.width - 100 && y >= d.y && y < d.y + d.height - 50);
  return visible ? parsed.data : undefined;
}

/** Written aside and renamed, so that a crash leaves the old state or the new one. */
export function writeWindowState(dataDir: string, state: WindowState): void {
  const file = fileIn(dataDir);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // an unreadable state is no state
  }
}
