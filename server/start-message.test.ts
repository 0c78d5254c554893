import { describe, expect, test } from 'vitest';
import { LIMITS } from './limits/limits.ts';
import { startMessage } from './start-message.ts';
import { listenProblem } from './start-problem.ts';

const addresses = ['127.0.0.1', '192.168.1.7', '::1', 'fe80::1', '2001:db8::7'];
const plain = { host: '127.0.0.1', port: 5000, origins: [], addresses, limits: LIMITS };

describe('the start message', () => {
  test('ends with the address to open, and says how others can', () => {
    const lines = startMessage(plain).split('\n');
    expect(lines.at(-1)).toBe('Snug is ready: http://localhost:5000');
    expect(lines[0]).toMatch(/Only this machine.*HOST=0\.0\.0\.0.*SNUG_ORIGINS=/u);
  });

  test.each([
    [{ host: '0.0.0.0' }, 'http://localhost:5000  http://192.168.1.7:5000'],
    [{ host: '::' }, 'http://localhost:5000  http://192.168.1.7:5000  http://[2001:db8::7]:5000'],
    [{ host: '192.168.1.7' }, 'http://192.168.1.7:5000'],
    [{ host: '::1', port: 80 }, 'http://localhost'],
    [{ origins: ['https://chat.example.org'] }, 'https://chat.example.org  http://localhost:5000'],
  ])('names every address that works: %j', (given, expected) => {
    expect(
      startMessage({ ...plain, ...given })
        .split('\n')
        .at(-1),
    ).toBe(`Snug is ready: ${expected}`);
  });

  test('says how to answer under a name where others can already come', () => {
    expect(startMessage({ ...plain, host: '0.0.0.0' })).toContain('SNUG_ORIGINS=https://the.name');
    expect(startMessage({ ...plain, origins: ['https://chat.example.org'] }).split('\n')).toHaveLength(1);
  });

  test('says at every start that the limits are off', () => {
    expect(startMessage({ ...plain, limits: undefined })).toMatch(/^SNUG_LIMITS is off, /u);
    expect(startMessage(plain)).not.toContain('SNUG_LIMITS');
  });
});

describe('a server that cannot listen', () => {
  test.each([
    ['EADDRINUSE', 5000, /^Port 5000 is in use .*PORT=5001 npm start.*AirPlay/u],
    ['EADDRINUSE', 65_535, /^Port 65535 is in use .*PORT=5000 npm start\.$/u],
    ['EACCES', 80, /^Port 80 may not be used .*PORT=5000 npm start\.$/u],
    ['ENOTFOUND', 5000, /^HOST is "snug\.example".*HOST=0\.0\.0\.0/u],
    ['EADDRNOTAVAIL', 5000, /^HOST is "snug\.example"/u],
    ['EMFILE', 5000, /cannot listen on snug\.example, port 5000: no luck\.$/u],
  ])('says what to do in one line: %s', (code, port, expected) => {
    const problem = listenProblem(Object.assign(new Error('no luck'), { code }), 'snug.example', port);
    expect(problem.message).toMatch(expected);
    expect(problem.message).not.toContain('\n');
  });
});
