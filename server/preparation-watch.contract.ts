// Looks over the shoulder of tools/prepare.mjs while a command runs it, without standing in its way.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Loaded first by every Node that the command starts. */
const LOOK = `
  import child from 'node:child_process';
  import crypto from 'node:crypto';
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  const look = (from, name, tell) => {
    const real = from[name];
    from[name] = (...args) => {
      fs.appendFileSync(process.env.WATCHED_BY, tell(...args) + '\\n');
      return real(...args);
    };
  };
  if (/prepare\\.mjs$/.test(process.argv[1])) {
    for (const name of Object.keys(child).filter((name) => /^(spawn|exec|fork)/.test(name)))
      look(child, name, (program) => 'runs ' + program);
    look(crypto, 'createHash', () => 'hashes');
    look(fs, 'readFileSync', (path) => 'reads ' + path);
    syncBuiltinESMExports();
  }
`;

export class PreparationWatch {
  readonly #folder = mkdtempSync(join(tmpdir(), 'snug-watch-'));

  constructor() {
    onTestFinished(() => rmSync(this.#folder, { recursive: true, force: true }));
  }

  /** For the environment of the command. */
  get settings(): Record<string, string> {
    return {
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(LOOK)}`,
      WATCHED_BY: join(this.#folder, 'seen'),
    };
  }

  /** "runs tsc", "hashes", "reads package.json". */
  get seen(): string[] {
    return readFileSync(join(this.#folder, 'seen'), 'utf8').trimEnd().split('\n');
  }
}
