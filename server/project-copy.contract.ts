// A copy of the project as it is built now, for tests of whole commands: others use the real one meanwhile.
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Program } from './program.contract.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

const COPIED = [
  '.npmrc',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'vite.config.ts',
  'protocol',
  'server',
  'web',
  'tools',
  'dist',
];

/** An installation would go through the link and empty the real folder: npm refuses to do that in its global mode. */
const NO_INSTALLATION = { npm_config_global: 'true' };

export class ProjectCopy {
  readonly #outer = mkdtempSync(join(tmpdir(), 'snug-copy-'));
  /** Two below the folder of temporary ones: TypeScript watches nothing that lies as near to the root as one below. */
  readonly folder = join(this.#outer, 'project');

  constructor() {
    for (const name of COPIED) cpSync(join(PROJECT, name), join(this.folder, name), { recursive: true });
    symlinkSync(join(PROJECT, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
  }

  run(program: string, args: readonly string[], settings: Readonly<Record<string, string>>): Program {
    const quiet = { npm_config_loglevel: 'error', npm_config_update_notifier: 'false' };
    const all = { ...settings, ...quiet, ...NO_INSTALLATION };
    return new Program(all, { program, args, cwd: this.folder, hasGroup: true });
  }

  remove(): void {
    rmSync(this.#outer, { recursive: true, force: true });
  }
}
