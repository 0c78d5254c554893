// Given to the server with `--import`: each exported function of the rules and of the gateway's paced acts first asks whether
// it is to throw. The product itself has no such thing.
import { readFileSync, writeSync } from 'node:fs';
import { register } from 'node:module';

/** The names of those that throw, a line each. */
const file = process.env['SNUG_FAILPOINTS'] ?? '';

Object.assign(globalThis, {
  /** @param {string} name */
  snugFailpoint(name) {
    if (!readFileSync(file, 'utf8').split('\n').includes(name)) return;
    // On its own: a log that nobody expects to fail is not asked.
    writeSync(2, `failpoint ${name}\n`);
    throw new Error('a failpoint');
  },
});

register(new URL('./failpoint-loader.mjs', import.meta.url));
