import { useTranslation } from 'react-i18next';
import styles from './sidePanel.module.css';
import type { ValueNode } from './valueTree.ts';

/** Deeper, or longer lists, begin folded. */
const unfoldedDepth = 2;
const unfoldedChildren = 50;
/** Children drawn of one node; the text has all of them. */
const mostDrawn = 500;

function Node({ node, depth }: { node: ValueNode; depth: number }) {
  const { t } = useTranslation('results');
  const key = node.key !== undefined && <span className={styles.key}>{node.key}: </span>;
  if (!node.children) {
    return (
      <div className={styles.leaf}>
        {key}
        {node.text === null ? <i className={styles.quiet}>NULL</i> : node.text}
      </div>
    );
  }
  const brackets = node.kind === 'list' ? '[ ]' : '{ }';
  return (
    <details open={depth < unfoldedDepth && node.children.length <= unfoldedChildren}>
      <summary>
        {key}
        <span className={styles.quiet}>
          {brackets} {t('cell.items', { count: node.children.length })}
        </span>
      </summary>
      {node.children.slice(0, mostDrawn).map((child, i) => (
        <Node key={i} node={child} depth={depth + 1} />
      ))}
      {node.children.length > mostDrawn && <div className={styles.leaf}>…</div>}
    </details>
  );
}

/** A nested value, unfolded by click or by Enter. */
export function ValueTree({ root }: { root: ValueNode }) {
  const { t } = useTranslation('results');
  return (
    <div className={styles.tree} role="group" aria-label={t('cell.tree')} tabIndex={0}>
      <Node node={root} depth={0} />
    </div>
  );
}
