import type { NodeId } from '../../protocol/ids.ts';
import type { Transaction } from './transaction.ts';

/** Long after every node has reaped what there was to reap. */
const FORGOTTEN_AFTER_MS = 3_600_000;

/** P4. False: the lease had run out, and the id is spent. Asking again for a new one that runs prolongs it. */
export function renewLease(tx: Transaction, node: NodeId, ms: number, isNew: boolean): boolean {
  const until = tx.lease(node);
  const runs = until === undefined ? isNew : until > tx.now;
  if (!runs) return false;
  tx.saveLease(node, tx.now + ms);
  if (isNew) tx.forgetLeases(tx.now - FORGOTTEN_AFTER_MS);
  return true;
}
