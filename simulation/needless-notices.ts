import type { Presence } from '../server/store/store.ts';
import type { Town } from './town.ts';

/** As long as the disk takes no writes, at most, and then a lease: what was before that is written, or told, by now. */
const SETTLED_AFTER_MS = 60_000;

/**
 * P5: nobody is told of as gone who has been connected all the time to a server that lives, and to which nothing happened
 * that did not happen to all servers at once. Where one of them alone was frozen or cut off the others may speak for it.
 */
export async function checkReaped({ ledger, memory, nodes, world }: Town, { room, by }: Presence): Promise<void> {
  // After a store went back, what it knows of leases and rows is of another time.
  if (ledger.era > 0) return;
  const before = world.now() - SETTLED_AFTER_MS;
  const node = nodes.find(
    ({ wellSince, connections }) =>
      wellSince < before && connections.some((one) => (one.since(room, by) ?? Infinity) < before),
  );
  // Whoever was removed may stay as long as the connection does, and does not have to.
  if (!node || !(await memory.member(by))) return;
  ledger.broke('P5', `${by} was told of as gone from ${room}, and is connected to ${node.name}`);
}
