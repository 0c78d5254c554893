// Who is here: rules taken away from presence.
import type { Mutation } from './mutation.ts';

const PRESENCE = 'server/log/presence.ts';
const STORED_PRESENCE = 'server/store/presence.ts';
const REAPER_FENCE = "if (!hasLease(tx, write.reaper)) return { result: 'refused', code: 'fenced' };";

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
    from: 'catch (error) {',
    to: 'catch (error) {\n      this.#isNew = false;',
    by: { title: 'P4: a new id whose first lease goes unanswered' },
  },
  {
    rule: 'P4: live rows are not written again under a new id',
    file: PRESENCE,
    from: 'for (const local of this.#locals.values()) this.#settle(local).catch(this.#parts.failed);',
    to: '',
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
    by: { title: 'P2: an arrival goes unanswered, and then the tab is closed' },
  },
  {
    rule: 'P1: the first tab that closes takes the member with it',
    file: PRESENCE,
    from: 'if (local.connections > 0 || this.#stopped) return;',
    to: 'local.connections = 0;',
    by: { storm: 'presence', seed: 13 },
  },
  {
    rule: 'P1: a connection that joins twice counts twice',
    file: 'server/rooms/enter-room.ts',
    from: 'if (caller.at(room.address)?.member === member.id) return;',
    to: '',
    more: [
      {
        file: 'server/rooms/enter-room.ts',
        from: 'const before = caller.at(room.address);',
        to: 'const before = undefined as ReturnType<typeof caller.at>;',
      },
    ],
    by: { title: 'P1: a connection joins once more, and then it is closed' },
  },
  {
    rule: 'P2: a notice is stored without its row',
    file: STORED_PRESENCE,
    from: 'tx.addPresence(room.id, by.id, { node: write.node, since: room.seq });',
    to: '',
    by: { storm: 'presence', seed: 1 },
  },
  {
    rule: 'P3: a lost connection is told of at once',
    file: PRESENCE,
    from: 'local.cancelGrace = this.#parts.clock.after(graceMs, () => {',
    to: 'local.cancelGrace = this.#parts.clock.after(0, () => {',
    by: { title: 'P3: a tab is closed' },
  },
  {
    rule: 'P3: a lost connection is not told of',
    file: PRESENCE,
    from: `      local.cancelGrace = undefined;
      return this.#settle(local);`,
    to: '',
    by: { title: 'P3: a tab is closed' },
  },
  {
    rule: 'P3: leaving is told after the grace of a lost connection',
    file: 'server/rooms/leave-room.ts',
    from: 'else await act.log.left(room.id, member);',
    to: 'else for (let i = 0; i < taken.connections; i += 1) act.log.went(member);',
    by: { title: 'P3: leaving in one of two tabs' },
  },
  {
    rule: 'P4: a lease is not renewed',
    file: 'server/log/lease.ts',
    from: 'this.#rounds.in(wait);',
    to: '',
    by: { title: 'P4: nothing happens for a minute, and then somebody comes' },
  },
  {
    rule: 'P4: who is taken for dead goes, though its lease runs again',
    file: STORED_PRESENCE,
    from: "if (hasLease(tx, write.node)) return { result: 'unchanged', seq: 0 };",
    to: '',
    by: { title: 'P4: the clock of the store is ahead for a moment' },
  },
  {
    rule: 'P4: the members of a dead node are told of before they can come back',
    file: PRESENCE,
    from: 'await this.#parts.store.ghosts(this.#reapMs)',
    to: 'await this.#parts.store.ghosts(0)',
    by: { title: 'P5: a server is killed, and is back after 17 s' },
  },
  {
    rule: 'P4: a server whose own lease has run out tells of the members of others',
    file: STORED_PRESENCE,
    from: REAPER_FENCE,
    to: '',
    by: { title: 'P4: the disk takes writes again just when a server without a lease would tell of others' },
  },
  {
    rule: 'P4: a server whose own lease has run out tells of its own members',
    file: PRESENCE,
    from: 'if (ghosts.some(({ node }) => node === reaper)) return;',
    to: '',
    more: [{ file: STORED_PRESENCE, from: REAPER_FENCE, to: '' }],
    by: { title: 'P5: the disk of the only server takes writes again just when it would tell of its own' },
  },
  {
    rule: 'P5: a server that has its lease again does not wait for the others to have theirs',
    file: PRESENCE,
    from: 'return this.#reapMs + this.#untilNextRound();',
    to: 'return REAP_AT_LEAST_EVERY_MS;',
    by: { title: 'P5: the disk takes writes again, and one server has its lease back before the other' },
  },
  {
    rule: 'P5: a server that stops tells of all that were there',
    file: PRESENCE,
    from: `    for (const local of this.#locals.values()) {
      local.cancelGrace?.();`,
    to: `    for (const local of this.#locals.values()) {
      void this.#parts.add([{ kind: 'depart', room: local.room, by: local.member, node: this.node }]);
      local.cancelGrace?.();`,
    by: { title: 'P5: a server stops, and the next one starts' },
  },
  {
    rule: 'P6: history tells who came and went',
    file: 'server/store/memory/memory-store.ts',
    from: "if (row?.kind === 'message') newest.push",
    to: "if (row?.kind === 'message' || row?.kind === 'connect') newest.push",
    by: { title: 'P6: paging back over comings and goings' },
  },
];
