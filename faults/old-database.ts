// A database as the first version of the program would have left it, and looks at what became of it.
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDriver } from '../server/store/sqlite/driver.ts';
import { migrate } from '../server/store/sqlite/migrate.ts';
import { STEPS } from '../server/store/sqlite/schema.ts';
import type { Findings } from './findings.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { until } from './waiting.ts';

export const FILE = 'snug.db';
export const COPY = 'snug-before-version-2.db';
export const ROOM = 'tea';
/** A megabyte, so that a migration has something to do. */
export const MESSAGES = 4_000;

export class OldDatabase {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async make(site: Site): Promise<OldDatabase> {
    const folder = site.newFolder();
    const { DatabaseSync } = await loadDriver();
    const db = new DatabaseSync(join(folder, FILE));
    db.exec('PRAGMA journal_mode = WAL');
    migrate(db, STEPS.slice(0, 1), () => '');
    db.exec('BEGIN');
    const now = Date.now();
    db.prepare(
      `INSERT INTO room (id, address, title, last_seq, last_id, last_at, first_seq, here, members)
       VALUES ('r', ?, ?, ?, ?, ?, 1, 0, 0)`,
    ).run(ROOM, ROOM, MESSAGES, idOf(MESSAGES - 1), now);
    const insert = db.prepare(
      `INSERT INTO log (room_id, seq, id, at, kind, sender_id, sender_name, client_id, target_seq, here, body)
       VALUES ('r', ?, ?, ?, 'message', 'm', 'Ada', ?, 0, 0, ?)`,
    );
    for (let n = 0; n < MESSAGES; n += 1) insert.run(n + 1, idOf(n), now, idOf(n), textOf(n));
    db.exec('COMMIT');
    db.close();
    return new OldDatabase(folder);
  }

  /** A data folder that has it. */
  copy(site: Site): string {
    const folder = join(site.newFolder(), 'data');
    cpSync(this.#folder, folder, { recursive: true });
    return folder;
  }
}

export function textOf(n: number): string {
  return `message ${n}, of the first version`;
}

/** 0 for what is not whole. Of a copy: opening it would do what the server has to do, and write to it. */
export async function versionOf(site: Site, path: string): Promise<number> {
  const copy = join(site.newFolder(), FILE);
  for (const end of ['', '-wal', '-journal']) if (existsSync(path + end)) copyFileSync(path + end, copy + end);
  const { DatabaseSync } = await loadDriver();
  const db = new DatabaseSync(copy);
  try {
    const check = db.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    const meta = db.prepare("SELECT value FROM meta WHERE name = 'version'").get() as { value: string } | undefined;
    return check.quick_check === 'ok' ? Number(meta?.value ?? 0) : 0;
  } finally {
    db.close();
  }
}

export async function expectNewerRefused(site: Site, findings: Findings, old: OldDatabase): Promise<void> {
  const folder = old.copy(site);
  const path = join(folder, FILE);
  const { DatabaseSync } = await loadDriver();
  const db = new DatabaseSync(path);
  db.exec("UPDATE meta SET value = '999' WHERE name = 'version'; PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
  const hash = () => createHash('sha256').update(readFileSync(path)).digest('hex');
  const before = hash();
  const server = ServerProcess.launch(site, { folder, port: await freePort() });
  await until(() => server.isReady || server.hasEnded, 20_000);
  const { code } = await server.end('SIGKILL');
  const isClear = /newer version.*\(999\).*\. Start that version, or restore a backup/u.test(server.stderr);
  if (code !== 1 || !isClear || server.stderr.trim().includes('\n'))
    findings.broke(`a newer database was not refused with a line: ${code} ${server.stderr.slice(0, 300)}`);
  if (hash() !== before) findings.broke('a newer database was written to');
}

function idOf(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}
