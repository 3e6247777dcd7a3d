import type { Connection } from '../../shared/contract/connections.ts';

/** A connection's colour; its name always stands beside it. */
export function ConnectionDot({ colour }: { colour: Connection['colour'] }) {
  return <span aria-hidden style={{ flex: 'none', width: 9, height: 9, borderRadius: '50%', background: `var(--colour-${colour})` }} />;
}
