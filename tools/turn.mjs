// One preparation at a time: a file that only one process can create, kept fresh while it works.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const BEAT_MS = 1_000;
// A holder that was not heard of for this long has died, also where its process number cannot be looked up.
const SILENCE_MS = 30_000;
// Two who replace the same dead holder differ by microseconds; after this the later one has written its word.
const SETTLE_MS = 100;

/**
 * Waits until nobody else has the turn, takes it, and returns the function that gives it back.
 * `waiting` is called once if another process has it.
 * @param {string} file
 * @param {(holder: string) => void} waiting
 */
export async function takeTurn(file, waiting) {
  mkdirSync(dirname(file), { recursive: true });
  const word = JSON.stringify({ host: hostname(), process: process.pid });
  let told = false;
  while (!(create(file, word) && (await isStill(file, word)))) {
    if (removeIfDead(file)) continue;
    if (!told) waiting(read(file));
    told = true;
    await sleep(200);
  }
  const beat = setInterval(() => touch(file), BEAT_MS).unref();
  return () => {
    clearInterval(beat);
    if (read(file) === word) rmSync(file, { force: true });
  };
}

/** @param {string} file @param {string} word */
function create(file, word) {
  try {
    writeFileSync(file, word, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file @param {string} word */
async function isStill(file, word) {
  await sleep(SETTLE_MS);
  return read(file) === word;
}

/** @param {string} file */
function removeIfDead(file) {
  try {
    const silentFor = Date.now() - statSync(file).mtimeMs;
    if (silentFor < SILENCE_MS && !holderIsGone(read(file))) return false;
    const away = `${file}.${process.pid}`;
    renameSync(file, away);
    rmSync(away, { force: true });
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true;
    throw error;
  }
}

/** @param {string} word */
function holderIsGone(word) {
  try {
    const holder = JSON.parse(word);
    if (holder.host !== hostname()) return false;
    process.kill(holder.process, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

/** @param {string} file */
function touch(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Someone believed this process dead; it learns so when it gives the turn back.
  }
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
