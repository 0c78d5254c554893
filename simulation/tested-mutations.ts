// Rules that are kept outside what the simulation drives: each has a test of its own as its witness.
import type { Mutation } from './mutation.ts';

const SCHEMA = 'server/store/sqlite/schema.ts';
const OPEN = 'server/store/sqlite/open-database.ts';
const TRANSACTION = 'server/store/sqlite/sqlite-transaction.ts';
const CATCH_UP = 'server/log/catch-up.ts';
const GATEWAY = 'server/gateway/gateway.ts';
const QUEUE = 'web/connection/outbox-queue.ts';
const KEPT_QUEUE = 'web/connection/kept-queue.ts';

const FORGOTTEN = {
  test: 'server/store/sqlite/faults.test.ts',
  title: 'L7: nothing of a deleted message, nor of what its edits replaced, stays in the files',
};
const HINT = { test: 'server/log/hint.test.ts', title: 'carries its entries when all of it fits 16 kB' };
const OPENING = 'server/store/sqlite/opening.test.ts';
const OUTBOX_TEST = 'web/connection/outbox.test.ts';
const KEPT_QUEUE_TEST = 'web/connection/kept-queue.test.ts';
const WAITING_TEST = 'server/gateway/waiting.test.ts';
const CLOSING_TEST = 'server/gateway/closing.test.ts';

export const TESTED_MUTATIONS: readonly Mutation[] = [
  {
    rule: 'L2: a commit may be lost in a power cut',
    file: OPEN,
    from: 'PRAGMA synchronous = FULL',
    to: 'PRAGMA synchronous = NORMAL',
    by: { test: OPENING, title: 'durability and forgetting are set' },
  },
  {
    rule: 'L7: SQLite leaves what was deleted in its file',
    file: OPEN,
    from: 'PRAGMA secure_delete = ON; ',
    to: '',
    by: FORGOTTEN,
  },
  {
    rule: 'L7: the index leaves the words of what was deleted in its file',
    file: SCHEMA,
    from: "prefix = '2 3'\n);\nINSERT INTO words (words, rank) VALUES ('secure-delete', 1);",
    to: "prefix = '2 3'\n);",
    by: FORGOTTEN,
  },
  {
    rule: 'L7: an edit does not keep the text that it replaced',
    file: TRANSACTION,
    from: ".of('INSERT INTO replaced (room_id, target_seq, edit_seq, text) VALUES (?, ?, ?, ?)')\n      .run(room, target.seq, by, before.body);",
    to: ".of('SELECT ?')\n      .get(by);",
    by: { test: 'server/store/sqlite/faults.test.ts', title: 'L7: each edit keeps the text that it replaced' },
  },
  {
    rule: 'L7: a deletion leaves the texts that edits replaced',
    file: TRANSACTION,
    from: "this.#sql.of('DELETE FROM replaced WHERE room_id = ? AND target_seq = ?').run(room, target.seq);",
    to: '',
    by: FORGOTTEN,
  },
  {
    rule: 'L7: what was deleted is still found',
    file: TRANSACTION,
    from: 'deleted(room: RoomId, target: LogRow): void {\n    this.#words.remove(room, target.seq);',
    to: 'deleted(room: RoomId, target: LogRow): void {',
    by: {
      test: 'server/store/sqlite/sqlite.test.ts',
      title: 'L7: shows what a message says now',
    },
  },
  {
    rule: 'L8: entries and their head are not read in one snapshot',
    file: 'server/store/sqlite/reader.ts',
    from: "    this.#sql.db.exec('BEGIN');\n    try {\n      return run();\n    } finally {\n      this.#sql.db.exec('ROLLBACK');\n    }",
    to: '    return run();',
    by: { test: 'server/store/sqlite/reader.test.ts', title: 'L8: what is read at one moment is of that moment' },
  },
  {
    rule: 'L10: SQLite does not undo an item that cannot be stored alone',
    file: 'server/store/sqlite/writer.ts',
    from: "if (failureOf(error) !== 'unstorable') throw error;",
    to: 'if (error !== undefined) throw error;',
    by: { test: 'server/store/sqlite/faults.test.ts', title: 'L10: a poison item undoes its own batch' },
  },
  {
    rule: 'store: a second server is not kept out',
    file: OPEN,
    from: "lock.exec('BEGIN EXCLUSIVE');",
    to: "lock.exec('BEGIN');",
    by: { test: OPENING, title: 'a second server is refused while the first one runs' },
  },
  {
    rule: 'store: a database is not checked when it is opened',
    file: OPEN,
    from: '  check(db, folder);\n',
    to: '',
    by: { test: OPENING, title: 'a database that is damaged' },
  },
  {
    rule: 'store: an emptied database is a new one, and its log is deleted',
    file: OPEN,
    from: 'explained(folder, LOCK_FILE, () => takeLock(lock));\n    refuseEmptied(folder);',
    to: 'explained(folder, LOCK_FILE, () => takeLock(lock));',
    by: { test: OPENING, title: 'a log alone says that there was a database' },
  },
  {
    rule: 'store: nothing says that there was a database',
    file: OPEN,
    from: '      mark(folder);\n',
    to: '',
    by: { test: OPENING, title: 'a database that was taken away with its log is told' },
  },
  {
    rule: 'store: a database without anything in it takes the place of one that was made',
    file: OPEN,
    from: '  if (isNew(db)) refuseAnother(folder);\n',
    to: '',
    by: { test: OPENING, title: 'a database that was all in a log that is gone is told' },
  },
  {
    rule: 'store: a server that lost its database while it ran makes another one',
    file: OPEN,
    from: 'takeLock(lock);\n    refuseEmptied(folder);\n    db =',
    to: 'takeLock(lock);\n    db =',
    by: { test: OPENING, title: 'a database that is emptied while a server runs' },
  },
  {
    rule: 'store: what is damaged is written to',
    file: 'server/store/sqlite/writer.ts',
    from: 'if (this.#illness) return refuseAll(requests, this.#illness.kind, this.#illness.message);',
    to: '',
    by: { test: 'server/store/sqlite/faults.test.ts', title: 'once a write found damage, no later one is tried' },
  },
  {
    rule: 'C3: each of a herd costs a read',
    file: CATCH_UP,
    from: 'fits: (kept) => tailOf(kept.since, kept, { after, id }, told),',
    to: 'fits: () => undefined,',
    by: { test: 'server/log/catch-up.test.ts', title: 'of a thousand that miss the same costs one read' },
  },
  {
    rule: 'C9: each hint of a hole costs a read',
    file: 'server/log/room-cursor.ts',
    from: 'else this.#repairSoon(news.to.seq, REPAIR_AFTER_MS);',
    to: 'else {\n      this.#target = Math.max(this.#target, news.to.seq);\n      void this.#repair();\n    }',
    by: { test: 'server/log/room-cursor.test.ts', title: 'C9: a hole is read from the store, once' },
  },
  {
    rule: 'C10: what belongs to another history is still sent to who is about to be closed',
    file: GATEWAY,
    from: 'connection.silence(room);',
    to: '',
    by: { test: CLOSING_TEST, title: 'C10: closes the room’s connections' },
  },
  {
    rule: 'C10: the connections of a room are all closed at the same moment',
    file: GATEWAY,
    from: 'this.#later(REWOUND_JITTER_MS, () => connection.close());',
    to: 'this.#later(0, () => connection.close());',
    by: { test: CLOSING_TEST, title: 'C10: the connections of a room whose store went back' },
  },
  {
    rule: 'nodes: the connections of a server that stops are all closed at the same moment',
    file: GATEWAY,
    from: 'this.#later(ms, resolve)',
    to: 'this.#later(0, resolve)',
    by: { test: CLOSING_TEST, title: 'the connections of a server that stops' },
  },
  {
    rule: 'nodes: connections are closed together, at the end of the time there is',
    file: GATEWAY,
    from: 'this.#parts.random() * ms',
    to: 'ms',
    by: { test: CLOSING_TEST, title: 'C10: the connections of a room whose store went back' },
  },
  {
    rule: 'P1: further connections of a member ask the store',
    file: 'server/log/presence.ts',
    from: '    local.connections += 1;\n    local.hasLeft = false;',
    to: '    local.connections += 1;\n    local.told = undefined;\n    local.hasLeft = false;',
    by: { test: 'server/log/presence.test.ts', title: 'P1: further connections and repeated joins' },
  },
  {
    rule: 'P3: leaving counts for one tab',
    file: 'server/gateway/connections.ts',
    from: 'return this.#takeOut(room, member, this.ofMember(member));',
    to: 'return this.#takeOut(room, member, this.ofMember(member).slice(0, 1));',
    by: { test: 'server/rooms/leave-room.test.ts', title: 'P3: leaving counts for all tabs' },
  },
  {
    rule: 'P5: a server that stops tells of each connection that it closes',
    file: GATEWAY,
    from: "connection.closed(this.#state !== 'draining');",
    to: 'connection.closed(true);',
    by: { test: CLOSING_TEST, title: 'P5: tells no room that anybody went' },
  },
  {
    rule: 'P5: a server that starts tells at once of whoever is not back',
    file: 'server/log/presence.ts',
    from: 'return this.#leaseMs + this.#reapMs;',
    to: 'return this.#reapMs / 2;',
    by: { test: 'server/log/presence.test.ts', title: 'P5: says nothing of whoever is back within 25 s' },
  },
  {
    rule: 'P5: the lease of a server that is gone speaks on after the next one has started',
    file: OPEN,
    from: "db.prepare('UPDATE node SET until = MIN(until, ?)').run(Date.now());",
    to: '',
    by: { test: OPENING, title: 'P5: the lease of a server that is gone has run out' },
  },
  {
    rule: 'E4: any number of bytes waits for a slow connection',
    file: 'server/gateway/waiting.ts',
    from: 'this.#all.bytes > MAX_WAITING_BYTES || ',
    to: '',
    by: { test: WAITING_TEST, title: 'E4: one byte more than 1 MiB is too much' },
  },
  {
    rule: 'E4: any number of packets waits for a slow connection',
    file: 'server/gateway/waiting.ts',
    from: ' || this.#all.packets > MAX_WAITING_PACKETS',
    to: '',
    by: { test: WAITING_TEST, title: 'E4: one packet more than 4,096 is too much' },
  },
  {
    rule: 'E4: what a transport took waits no more',
    file: 'server/gateway/waiting.ts',
    from: 'move(this.#queued, this.#sending);',
    to: 'this.#goes(this.#queued);',
    by: { test: WAITING_TEST, title: 'E4: what a transport took waits until it has been sent' },
  },
  {
    rule: 'E4: a slow connection is left',
    file: 'server/gateway/slow-reader.ts',
    from: '    hangUp(conn);\n',
    to: '',
    by: { test: CLOSING_TEST, title: 'a connection that does not read is cut, and the others hear everything' },
  },
  {
    rule: 'S1: what a disk did not take is never given to it again',
    file: KEPT_QUEUE,
    from: '    this.#parts.clock.after(ms, () => void this.#tryAgain());\n',
    to: '',
    by: { test: KEPT_QUEUE_TEST, title: 'S1: is tried again, anew' },
  },
  {
    rule: 'S1: what a disk does late is done twice',
    file: KEPT_QUEUE,
    from: '        if (isGivenUp()) return items;\n',
    to: '',
    by: { test: KEPT_QUEUE_TEST, title: 'S1: what it does late, after what was changed since' },
  },
  {
    rule: 'S2: a request carries one message',
    file: 'web/connection/outbox.ts',
    from: 'return this.#singly > 0 ? 1 : MAX_ITEMS;',
    to: 'return 1;',
    by: { test: OUTBOX_TEST, title: 'S2: one request is in flight, and what is written meanwhile follows it together' },
  },
  {
    rule: 'S3: the target of a change that was tried becomes its seq',
    file: QUEUE,
    from: 'return [item.tried ? item :',
    to: "return [item.tried && item.want.kind === 'message' ? item :",
    by: { test: 'web/connection/outbox-changes.test.ts', title: 'S3: a change that was tried with a client id' },
  },
  {
    rule: 'S6: tabs that are different members wait for each other',
    file: 'web/connection/sending-lock.ts',
    from: 'return `snug outbox ${JSON.stringify([room, member])}`;',
    to: 'return `snug outbox ${JSON.stringify([room, member.length])}`;',
    by: { test: 'web/connection/sending-lock.test.ts', title: 'S6: tabs that are different members' },
  },
  {
    rule: 'S6: a tab sends without the lock',
    file: 'web/connection/sending-lock.ts',
    from: 'if (!locks) return void setSender(true);',
    to: 'void setSender(true);\n    if (!locks) return;',
    by: { test: 'web/connection/sending-lock.test.ts', title: 'S6: one tab of a member sends' },
  },
  {
    rule: 'S7: a request is given up too soon',
    file: 'web/connection/chat-socket.ts',
    from: 'const ANSWER_WITHIN_MS = 10_000;',
    to: 'const ANSWER_WITHIN_MS = 5_000;',
    by: { test: 'web/connection/chat-socket.test.ts', title: 'S7: a request is given 10 s' },
  },
  {
    rule: 'nodes: a hint carries its entries, however long they are',
    file: 'server/log/hint.ts',
    from: 'if (whole.byteLength <= HINT_MAX_BYTES) return whole;',
    to: 'if (whole.byteLength > 0) return whole;',
    by: HINT,
  },
  {
    rule: 'nodes: a hint never carries its entries',
    file: 'server/log/hint.ts',
    from: 'if (whole.byteLength <= HINT_MAX_BYTES) return whole;',
    to: '',
    by: HINT,
  },
  {
    rule: 'nodes: browsers come back all at the same moment',
    file: 'web/connection/backoff.ts',
    from: 'return random() * Math.min(MOST_MS',
    to: 'return Math.min(MOST_MS',
    by: { test: 'web/connection/chat-socket.test.ts', title: 'waits longer each time, up to 10 s' },
  },
];
