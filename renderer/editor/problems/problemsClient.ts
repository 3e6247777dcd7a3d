import type { Problem } from './problem.ts';

export interface CheckRequest {
  id: number;
  text: string;
}

export interface CheckReply {
  id: number;
  problems: Problem[];
}

let worker: Worker | undefined;
let lastId = 0;
const waiting = new Map<number, (problems: Problem[]) => void>();

function start(): Worker {
  const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'sql-problems' });
  started.onmessage = ({ data }: MessageEvent<CheckReply>) => {
    waiting.get(data.id)?.(data.problems);
    waiting.delete(data.id);
  };
  return started;
}

/** The syntax problems of an editor's text, found in a worker shared by all editors. */
export function findProblems(text: string): Promise<Problem[]> {
  worker ??= start();
  const id = ++lastId;
  const answer = new Promise<Problem[]>((resolve) => waiting.set(id, resolve));
  worker.postMessage({ id, text } satisfies CheckRequest);
  return answer;
}
