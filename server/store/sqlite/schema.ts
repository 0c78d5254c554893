// One step for each version of the database; a step that has been released is never changed.
// Text ids, milliseconds, room_id first in every key; numbers that are not there are 0 (see rows.ts).

const FIRST = `
CREATE TABLE room (
  id TEXT NOT NULL PRIMARY KEY,
  address TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  last_seq INTEGER NOT NULL,
  last_id TEXT NOT NULL,
  last_at INTEGER NOT NULL,
  first_seq INTEGER NOT NULL,
  here INTEGER NOT NULL,
  members INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- rid is declared, for VACUUM may renumber hidden row ids, and the index of words points here.
CREATE TABLE log (
  rid INTEGER PRIMARY KEY,
  room_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  sender_id TEXT NOT NULL,
  sender_name TEXT NOT NULL,
  client_id TEXT,
  target_seq INTEGER NOT NULL,
  here INTEGER NOT NULL,
  body TEXT NOT NULL,
  rev INTEGER NOT NULL DEFAULT 0,
  edit_seq INTEGER NOT NULL DEFAULT 0,
  edited_at INTEGER NOT NULL DEFAULT 0,
  deleted_seq INTEGER NOT NULL DEFAULT 0,
  UNIQUE (room_id, seq),
  UNIQUE (room_id, client_id)
) STRICT;
CREATE INDEX log_message ON log (room_id, seq, sender_id, deleted_seq) WHERE kind = 'message';
CREATE INDEX log_change ON log (room_id, target_seq) WHERE target_seq > 0;

CREATE TABLE replaced (
  room_id TEXT NOT NULL,
  target_seq INTEGER NOT NULL,
  edit_seq INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (room_id, target_seq, edit_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE reaction (
  room_id TEXT NOT NULL,
  target_seq INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  emoji TEXT NOT NULL,
  member_id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind_since INTEGER NOT NULL,
  PRIMARY KEY (room_id, target_seq, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE member (
  room_id TEXT NOT NULL REFERENCES room (id),
  id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  nth INTEGER NOT NULL,
  role TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  skeleton TEXT NOT NULL,
  held INTEGER NOT NULL,
  read_seq INTEGER NOT NULL,
  visited_at INTEGER NOT NULL,
  wrote INTEGER NOT NULL,
  rename_seq INTEGER NOT NULL,
  PRIMARY KEY (room_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_id ON member (id);
CREATE INDEX member_session ON member (session_id, room_id) WHERE held = 1;
CREATE UNIQUE INDEX member_key ON member (room_id, name_key) WHERE held = 1;
CREATE UNIQUE INDEX member_skeleton ON member (room_id, skeleton) WHERE held = 1;

CREATE TABLE presence (
  room_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  node_id TEXT NOT NULL,
  since_seq INTEGER NOT NULL,
  PRIMARY KEY (room_id, member_id, node_id),
  FOREIGN KEY (room_id, member_id) REFERENCES member (room_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX presence_node ON presence (node_id);

CREATE TABLE node (
  id TEXT NOT NULL PRIMARY KEY,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  id TEXT NOT NULL PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  used_at INTEGER NOT NULL,
  last_room TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_used ON session (used_at);

-- Holds tokens (search-tokens.ts), never texts; 'log' is named because a table with content of its own would keep a copy,
-- and is never read through it. Both secure-deletes are needed for a deleted word to leave the file.
CREATE VIRTUAL TABLE words USING fts5(room, body, content = 'log', content_rowid = 'rid', tokenize = 'ascii', columnsize = 0);
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
`;

// N8: which rooms may be forgotten is asked whenever one is made.
const SILENT_ROOMS = `
ALTER TABLE room ADD COLUMN visited_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE room ADD COLUMN spoken INTEGER NOT NULL DEFAULT 0;
UPDATE room SET
  visited_at = coalesce((SELECT max(visited_at) FROM member WHERE room_id = room.id), last_at),
  spoken = EXISTS (SELECT 1 FROM log INDEXED BY log_message WHERE room_id = room.id AND kind = 'message');
CREATE INDEX room_silent ON room (visited_at, address) WHERE spoken = 0 AND here = 0;
`;

// H1: the token before the last renewal.
const FORMER_TOKENS = `
ALTER TABLE session ADD COLUMN former_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN replaced_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX session_former ON session (former_hash) WHERE former_hash <> '';
`;

// P7.
const QUIET_ROOMS = 'ALTER TABLE room ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;';

// L13, L14, L16: what a message answers, whom it mentions, and whether it is pinned. L17: what a room is about. C12: what
// was written when. D1: conversations of two.
const WORTH_WRITING = `
ALTER TABLE log ADD COLUMN reply_to INTEGER NOT NULL DEFAULT 0;
ALTER TABLE log ADD COLUMN mentions TEXT NOT NULL DEFAULT '';
ALTER TABLE log ADD COLUMN pinned_seq INTEGER NOT NULL DEFAULT 0;
CREATE INDEX log_pinned ON log (room_id, pinned_seq) WHERE pinned_seq > 0;
ALTER TABLE room ADD COLUMN pair TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX room_pair ON room (pair) WHERE pair <> '';
CREATE INDEX log_at ON log (room_id, at, seq) WHERE kind = 'message';
ALTER TABLE room ADD COLUMN topic TEXT NOT NULL DEFAULT '';
ALTER TABLE room ADD COLUMN title_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE room ADD COLUMN topic_seq INTEGER NOT NULL DEFAULT 0;

-- Messages from nth * 4096 on, in the order of storing, were written between these times (stretches.ts).
CREATE TABLE stretch (
  nth INTEGER NOT NULL PRIMARY KEY,
  least_at INTEGER NOT NULL,
  most_at INTEGER NOT NULL
) STRICT;
INSERT INTO stretch SELECT rid / 4096, min(at), max(at) FROM log WHERE kind = 'message' GROUP BY 1;

-- Marks are what a message is beside its words (word-index.ts). What is in it is made when the database is opened. Beginnings
-- of two and of three letters have lists of their own: of a million messages "th" costs 1 ms instead of 100, and each
-- message 5 us and 90 bytes more.
DROP TABLE words;
CREATE VIRTUAL TABLE words USING fts5(
  room, body, marks, content = 'log', content_rowid = 'rid', tokenize = 'ascii', columnsize = 0, prefix = '2 3'
);
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
DELETE FROM meta WHERE name = 'words';

-- One row for each member that an undeleted message mentions; rid is the message's, for an order over all rooms.
CREATE TABLE mention (
  room_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  rid INTEGER NOT NULL,
  PRIMARY KEY (room_id, member_id, seq)
) STRICT, WITHOUT ROWID;
`;

// H8, H9: what a session had as its token becomes its one device, which says what it is when it comes in again. A session is
// used by its devices, and has no time of its own any more.
const DEVICES = `
CREATE TABLE device (
  id TEXT NOT NULL PRIMARY KEY,
  session_id TEXT NOT NULL,
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  former_hash TEXT NOT NULL,
  replaced_at INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO device SELECT id, id, '', token_hash, former_hash, replaced_at, 0, used_at FROM session;
CREATE INDEX device_session ON device (session_id);
CREATE INDEX device_former ON device (former_hash) WHERE former_hash <> '';
CREATE INDEX device_used ON device (used_at);

CREATE TABLE lasting_session (
  id TEXT NOT NULL PRIMARY KEY,
  last_room TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO lasting_session SELECT id, last_room FROM session;
DROP TABLE session;
ALTER TABLE lasting_session RENAME TO session;

CREATE TABLE code (
  link_hash TEXT NOT NULL PRIMARY KEY,
  typed_hash TEXT NOT NULL UNIQUE,
  session_id TEXT NOT NULL,
  device_id TEXT NOT NULL,
  until INTEGER NOT NULL,
  used_by TEXT NOT NULL,
  used_from TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX code_session ON code (session_id);
CREATE INDEX code_until ON code (until);
`;

export const STEPS: readonly string[] = [FIRST, SILENT_ROOMS, FORMER_TOKENS, QUIET_ROOMS, WORTH_WRITING, DEVICES];
