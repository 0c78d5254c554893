// What a browser fetches before a page can be used, measured at the built program: as its pages name it, in gzip, which every
// way to a server can carry. A browser story (e2e/first-load.spec.ts) counts the same with a real browser.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { get, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ script: number, style: number, font: number, requests: number }} FirstLoad bytes as sent, and how many requests */

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
/** The live connection, which the script of the chat page opens. */
const SOCKET = 1;

/** Starts the program that was built, with a store of its own. @returns {Promise<{ login: FirstLoad, chat: FirstLoad }>} */
export async function measureFirstLoad() {
  const folder = mkdtempSync(join(tmpdir(), 'snug-budget-'));
  const program = spawn(process.execPath, ['--disable-proto=delete', 'dist/server/main.js'], {
    cwd: PROJECT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', SNUG_DATA: folder, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => program.once('close', resolve));
  try {
    const origin = await addressOf(program, ended);
    const { path, cookie } = await comeIn(origin);
    return {
      login: await weigh(origin, '/', '', 0),
      chat: await weigh(origin, path, cookie, SOCKET),
    };
  } finally {
    program.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @typedef {{ kind: 'script' | 'style' | 'font', path: string }} Part */

/** What the head of a page has the browser fetch at once. @param {string} html @returns {Part[]} */
export function fetchedBy(html) {
  const parts = [];
  for (const [tag] of html.matchAll(/<(?:script|link)\b[^>]*>/gu)) {
    const kind = kindOf(tag);
    if (kind) parts.push({ kind, path: attributeOf(tag, 'href') ?? attributeOf(tag, 'src') ?? '' });
  }
  return parts;
}

/** @param {string} tag @returns {Part['kind'] | undefined} */
function kindOf(tag) {
  if (tag.startsWith('<script')) return 'script';
  switch (attributeOf(tag, 'rel')) {
    case 'modulepreload':
      return 'script';
    case 'stylesheet':
      return 'style';
    case 'preload':
      return 'font';
    default:
      return undefined;
  }
}

/** @param {string} tag @param {string} name */
function attributeOf(tag, name) {
  return new RegExp(`\\b${name}="([^"]+)"`, 'u').exec(tag)?.[1];
}

/** @param {string} origin @param {string} path @param {string} cookie @param {number} more requests that the page makes later */
async function weigh(origin, path, cookie, more) {
  const page = await fetchFrom(origin + path, cookie);
  const parts = fetchedBy(page.body.toString());
  /** @type {FirstLoad} */
  const sum = { script: 0, style: 0, font: 0, requests: 1 + parts.length + more };
  for (const part of parts) sum[part.kind] += (await fetchFrom(origin + part.path, cookie)).body.length;
  return sum;
}

/** @param {import('node:child_process').ChildProcess} program @param {Promise<unknown>} ended @returns {Promise<string>} */
function addressOf(program, ended) {
  let said = '';
  return new Promise((resolve, reject) => {
    program.stdout?.setEncoding('utf8').on('data', (text) => {
      said += text;
      const origin = /^Snug is ready: .*?(http:\/\/localhost:\d+)/mu.exec(said)?.[1];
      if (origin) resolve(origin);
    });
    void ended.then(() => reject(new Error(`The server did not start; is it built? Run \`npm run build\`.\n${said}`)));
  });
}

/** @param {string} origin @returns {Promise<{ path: string, cookie: string }>} */
function comeIn(origin) {
  const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
  return new Promise((resolve, reject) => {
    const asked = request(origin, { method: 'POST', headers }, (answer) => {
      answer.resume();
      const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0];
      const path = answer.headers.location;
      if (answer.statusCode === 303 && path && cookie) resolve({ path, cookie });
      else reject(new Error(`Nobody could come in: ${answer.statusCode}`));
    });
    asked.once('error', reject).end(new URLSearchParams({ name: 'Ada', room: 'budget' }).toString());
  });
}

/** The bytes as they are sent: what fetch gives is unpacked. @param {string} url @param {string} cookie @returns {Promise<{ body: Buffer }>} */
function fetchFrom(url, cookie) {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'gzip', ...(cookie === '' ? {} : { cookie }) };
    get(url, { headers }, (answer) => {
      /** @type {Buffer[]} */
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve({ body: Buffer.concat(chunks) });
        else reject(new Error(`${url} was answered with ${answer.statusCode}`));
      });
    }).once('error', reject);
  });
}
