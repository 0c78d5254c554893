// Rewrites what is loaded, not what is on disk. Lines stay where they are.
import { pointsIn } from './points-in.mjs';

/** How many times as fast as they should the timers of the server's clock are: what comes every ten seconds is not waited for. */
const FASTER = Number(process.env['SNUG_TIMERS_FASTER'] ?? 1);
const TIMER = 'setTimeout(() => void run(), ms)';

/** @type {import('node:module').LoadHook} */
export async function load(url, context, next) {
  const loaded = await next(url, context);
  const file = /^(?!.*\/node_modules\/).*\/server\/(.+)\.js$/u.exec(url)?.[1];
  if (file === undefined) return loaded;
  if (!(loaded.source instanceof Uint8Array)) throw new Error(`${url} is not there as bytes.`);
  const source = new TextDecoder().decode(loaded.source);
  const points = pointsIn(file, source);
  // An arrow has no arguments of its own: those are of the function around it, and are not told.
  const lines = source.split('\n').map((line, n) => {
    const point = points[n];
    const first = line.endsWith('=> {') ? '' : ', arguments[0]';
    return point === undefined ? line : `${line} globalThis.snugPoint(${JSON.stringify(point)}${first});`;
  });
  const text = lines.join('\n');
  if (file !== 'clock' || FASTER === 1) return { ...loaded, source: text };
  if (!text.includes(TIMER)) throw new Error(`${url} has no ${TIMER}.`);
  return { ...loaded, source: text.replace(TIMER, `setTimeout(() => void run(), ms / ${FASTER})`) };
}
