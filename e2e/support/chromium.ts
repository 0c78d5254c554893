import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env, pid } from 'node:process';
import { fileURLToPath } from 'node:url';

/** What Playwright's `launchOptions` need to start the browser that was found. */
export interface Chromium {
  executablePath: string;
  env: Record<string, string>;
}

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

// No sandbox: it needs a user who is not root and a kernel that allows it. /dev/shm is often tiny in a container.
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));

/**
 * CHROMIUM_PATH; else, for `npm run test:all`, an installed browser; else the one from npm, which needs no root. That one
 * has no window, and takes half the time of a whole Chromium for the same stories (100 s and 184 s for 96 of them).
 */
export function findChromium(): Chromium {
  const chosen = env['CHROMIUM_PATH'];
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`CHROMIUM_PATH names ${chosen}, and there is no such file.`);
    return { executablePath: chosen, env: plainEnvironment() };
  }
  const isOnNpm = process.platform === 'linux' && process.arch === 'x64';
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed && (env['SNUG_TEST_ALL'] === '1' || !isOnNpm)) {
    return { executablePath: installed, env: plainEnvironment() };
  }
  if (!isOnNpm) throw new Error('No Chromium or Chrome was found: install one, or name it in CHROMIUM_PATH.');
  return chromiumFromNpm();
}

function chromiumFromNpm(): Chromium {
  const folder = join(CACHE, 'chromium');
  if (!existsSync(folder)) unpackInto(folder);
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      ...plainEnvironment(),
      FONTCONFIG_PATH: join(folder, 'fonts'),
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
    },
  };
}

// Unpacked beside its place and moved: an interrupted run leaves no half browser, and of two runs the first wins.
function unpackInto(folder: string): void {
  const half = `${folder}.${pid}`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  // The package unpacks into TMPDIR, and its libraries only where it believes it runs in such a cloud: hence a process of its own.
  const done = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', "await (await import('@sparticuz/chromium')).default.executablePath()"],
    {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      env: { ...env, TMPDIR: half, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
      encoding: 'utf8',
    },
  );
  if (done.status !== 0) throw new Error(`The browser from npm could not be unpacked: ${done.stderr}`);
  // The fonts.conf it brings names only folders of that cloud: without a font every page crashes.
  writeFileSync(join(half, 'fonts', 'fonts.conf'), fontsConf(folder));
  try {
    renameSync(half, folder);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

function fontsConf(folder: string): string {
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    `<dir>${folder}/fonts</dir>`,
    '<dir>/usr/share/fonts</dir>',
    `<cachedir>${folder}/fonts-cache</cachedir>`,
    '</fontconfig>',
  ].join('\n');
}

function plainEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
