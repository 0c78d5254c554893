// Given to the server with `--import`, and so to its threads: each point of points-in.mjs first asks what it is to do. The
// product itself has no such thing.
import { readFileSync, writeSync } from 'node:fs';
import { register } from 'node:module';

/** A line for each that is to do something: `throw 1 rooms/join-room joinRoom`, from its first call on. */
const file = process.env['SNUG_FAILPOINTS'] ?? '';
const READ_AGAIN_AFTER_MS = 1;

let readAt = Number.NEGATIVE_INFINITY;
let text = '';
/** @type {Map<string, { what: string, from: number, calls: number }>} */
let armed = new Map();

Object.assign(globalThis, {
  /** @param {string} name @param {unknown} first */
  snugPoint(name, first) {
    const point = armedNow().get(name);
    if (!point) return;
    point.calls += 1;
    if (point.calls < point.from || (point.what === 'reach' && point.calls > 1)) return;
    // On its own: a log that nobody expects to fail is not asked.
    writeSync(2, `${point.what} ${name}${typeof first === 'string' ? `: ${first}` : ''}\n`);
    if (point.what === 'throw') throw new Error('a failpoint');
    if (point.what === 'stall') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
});

function armedNow() {
  const now = performance.now();
  if (now - readAt < READ_AGAIN_AFTER_MS) return armed;
  readAt = now;
  const next = readFileSync(file, 'utf8');
  if (next === text) return armed;
  text = next;
  armed = new Map(
    text.split('\n').flatMap((line) => {
      const [, what = '', from, name = ''] = /^(\w+) (\d+) (.+)$/u.exec(line) ?? [];
      return name === '' ? [] : [[name, { what, from: Number(from), calls: 0 }]];
    }),
  );
  return armed;
}

register(new URL('./failpoint-loader.mjs', import.meta.url));
