// Who is here: rules taken away from presence.
import type { Mutation } from './mutation.ts';

const PRESENCE = 'server/log/presence.ts';
const STORED_PRESENCE = 'server/store/presence.ts';

export const PRESENCE_MUTATIONS: readonly Mutation[] = [
  {
    rule: 'P4: a node whose lease ran out goes on under the old id',
    file: 'server/store/node-lease.ts',
    from: 'until === undefined ? isNew : until > tx.now',
    to: 'true',
    by: { storm: 'presence', seed: 1 },
  },
  {
    rule: 'P4: a node whose lease ran out writes who is here',
    file: STORED_PRESENCE,
    from: "if (!hasLease(tx, write.node)) return { result: 'refused', code: 'fenced' };",
    to: '',
    by: { title: 'P4: somebody comes while the lease has run out' },
  },
  {
    rule: 'P4: a new id whose first lease went unanswered is forgotten to be new',
    file: 'server/log/lease.ts',
    from: 'for (let runs = false; !runs; ) {',
    to: 'this.#isRenamed = false; for (let runs = false; !runs; ) {',
    by: { title: 'P4: a new id whose first lease goes unanswered' },
  },
  {
    rule: 'P4: live rows are not written again under a new id',
    file: PRESENCE,
    from: '      void this.#settle(local);\n    }\n  }\n\n  #reapLater',
    to: '      void local;\n    }\n  }\n\n  #reapLater',
    by: { storm: 'presence', seed: 2 },
  },
  {
    rule: 'P4: nobody tells of the members of a dead node',
    file: PRESENCE,
    from: 'const ghosts = await this.#parts.store.ghosts(this.#reapMs);',
    to: 'const ghosts = (await this.#parts.store.ghosts(this.#reapMs)).slice(0, 0);',
    by: { storm: 'presence', seed: 1 },
  },
  {
    rule: 'P2: every node tells of an arrival',
    file: STORED_PRESENCE,
    from: '  if (other) {',
    to: '  if (other && rows.some((row) => row.node === write.node)) {',
    by: { storm: 'presence', seed: 1 },
  },
  {
    rule: 'P2: every node tells of a departure',
    file: STORED_PRESENCE,
    from: 'if (rows.length > gone.length) return',
    to: 'if (rows.length < gone.length) return',
    by: { storm: 'presence', seed: 1 },
  },
  {
    rule: 'P2: a presence write that was not answered is not made again',
    file: PRESENCE,
    from: 'if (!this.#isSettled(local)) this.#settleLater(local);\n      else if',
    to: 'if',
    by: { storm: 'presence', seed: 2 },
  },
  {
    rule: 'P2: an arrival that went unanswered is not taken back',
    file: PRESENCE,
    from: "told === undefined || (told.kind === 'depart' && told.isSure)",
    to: "told === undefined || !told.isSure || told.kind === 'depart'",
    by: { storm: 'presence', seed: 13 },
  },
  {
    rule: 'P1: the first tab that closes takes the member with it',
    file: PRESENCE,
    from: 'if (local.connections > 0 || this.#stopped) return;',
    to: 'local.connections = 0;',
    by: { storm: 'presence', seed: 13 },
  },
];
