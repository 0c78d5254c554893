import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startProduct } from './whole-product.contract.ts';

/** The one that Debian's packages are for. */
const PYTHON = '/usr/bin/python3';
const hasPython = spawnSync(PYTHON, ['-c', 'import socketio, websocket']).status === 0;
const script = fileURLToPath(new URL('python-client.py', import.meta.url));

test.skipIf(!hasPython)(
  'E1: python-socketio talks, listens, is refused and comes back (needs python3-socketio, python3-websocket)',
  async () => {
    const product = await startProduct();
    try {
      const { stdout } = await promisify(execFile)(PYTHON, [script, product.url, 'python'], { timeout: 15_000 });
      expect(stdout.trim().split('\n')).toEqual(['heard', 'refused', 'back', 'told why', 'done']);
    } finally {
      await product.close();
    }
  },
);
