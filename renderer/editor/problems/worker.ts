import { problemsOf } from './problemsOf.ts';
import type { CheckReply, CheckRequest } from './problemsClient.ts';

self.onmessage = ({ data }: MessageEvent<CheckRequest>) => {
  self.postMessage({ id: data.id, problems: problemsOf(data.text) } satisfies CheckReply);
};
