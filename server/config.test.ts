import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, VARIABLES } from './config.ts';
import { LIMITS } from './limits/limits.ts';
import { LEASE_MS } from './log/lease.ts';
import { GRACE_MS, REAP_AFTER_MS } from './log/presence.ts';

const NAMES = VARIABLES.map((variable) => variable.name);

describe('the configuration', () => {
  test('needs nothing to be set', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      port: 5000,
      host: '127.0.0.1',
      dataFolder: './data',
      limits: LIMITS,
      logLevel: 'info',
    });
    expect(config.origins).toEqual([]);
    expect(config.proxies).toEqual([]);
    expect(config.times).toMatchObject({ graceMs: GRACE_MS, leaseMs: LEASE_MS, reapMs: REAP_AFTER_MS });
  });

  test('takes a variable that is set to nothing as not set', () => {
    expect(readConfig(Object.fromEntries(NAMES.map((name) => [name, ' '])))).toEqual(readConfig({}));
  });

  test('cannot be changed', () => {
    const config = readConfig({});
    expect(Object.isFrozen(config) && Object.isFrozen(config.times)).toBe(true);
  });

  test.each([
    ['PORT', '0', { port: 0 }],
    ['PORT', ' 8080 ', { port: 8080 }],
    ['HOST', '::', { host: '::' }],
    ['SNUG_DATA', '/srv/snug', { dataFolder: '/srv/snug' }],
    [
      'SNUG_ORIGINS',
      'https://Chat.example.org, http://10.0.0.7:8080/',
      { origins: ['https://chat.example.org', 'http://10.0.0.7:8080'] },
    ],
    ['SNUG_ORIGINS', 'https://chat.example.org:443', { origins: ['https://chat.example.org'] }],
    ['SNUG_PROXIES', '10.0.0.0/8,::1 loopback', { proxies: ['10.0.0.0/8', '::1', 'loopback'] }],
    ['SNUG_LIMITS', 'OFF', { limits: undefined }],
    ['SNUG_LIMITS', 'On', { limits: LIMITS }],
    ['SNUG_LIMITS', 'sends=10/40', { limits: { ...LIMITS, sends: { amount: 10, perMs: 1_000, burst: 40 } } }],
    [
      'SNUG_LIMITS',
      'connectionsOfAddress = 5000, rooms=1/1',
      { limits: { connectionsOfAddress: 5_000, rooms: { amount: 1, burst: 1 }, members: LIMITS.members } },
    ],
    ['LOG_LEVEL', 'debug', { logLevel: 'debug' }],
  ])('reads %s=%s', (name, value, expected) => {
    expect(readConfig({ [name]: value })).toMatchObject(expected);
  });

  test.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '5000.5'],
    ['PORT', '1e3'],
    ['SNUG_ORIGINS', 'chat.example.org'],
    ['SNUG_ORIGINS', 'https://chat.example.org/snug'],
    ['SNUG_ORIGINS', 'https://somebody@chat.example.org'],
    ['SNUG_ORIGINS', 'null'],
    ['SNUG_ORIGINS', '*'],
    ['SNUG_ORIGINS', 'ws://chat.example.org'],
    ['SNUG_PROXIES', 'proxy.example.org'],
    ['SNUG_PROXIES', '10.0.0.0/33'],
    ['SNUG_PROXIES', '0.0.0.0/0'],
    ['SNUG_PROXIES', '10.0.0.0/8/8'],
    ...[
      'no',
      'on,off',
      'sends',
      'sends=',
      'sends=10',
      'sends=10/5',
      'sends=0/5',
      'sends=1/2/3',
      'sends=1.5/2',
      'sends=1=2',
    ].map((value) => ['SNUG_LIMITS', value]),
    ...['connectionsOfAddress=1/2', 'constructor=1', 'sends=10/40,', 'sends=9999999/9999999', 'shouts=1/2'].map(
      (value) => ['SNUG_LIMITS', value],
    ),
    ['LOG_LEVEL', 'loud'],
    ['SNUG_PING_MS', '0'],
    ['SNUG_LEASE_MS', '99999999999'],
  ])('refuses %s=%s in one line that names it and its default', (name, value) => {
    const failure = failureOf({ [name]: value });
    expect(failure).toBeInstanceOf(ConfigError);
    expect(failure?.message).toMatch(new RegExp(`^${name} is "[^\\n]*\\. Left out, it is [^\\n]+\\.$`, 'u'));
  });

  test('throws nothing but ConfigError, whatever is set, and never more than one line', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.string({ unit: 'binary' }), (name, value) => {
        const failure = failureOf({ [name]: value });
        expect(failure === undefined || failure instanceof ConfigError).toBe(true);
        expect(failure?.message ?? '').not.toContain('\n');
      }),
    );
  });

  test('every variable has its line in README.md, with its default and its sentence', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').split('\n');
    const missing = VARIABLES.filter((variable) => !readme.includes(readmeLine(variable)));
    expect(missing.map(readmeLine)).toEqual([]);
  });

  test('README.md names no variable of Snug that is not read', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const named = readme.match(/\bSNUG_[A-Z_]+\b/gu) ?? [];
    // Those of the tests are not the server's.
    expect(named.filter((name) => !NAMES.includes(name) && !/^SNUG_(TEST_|SEED|CI)/u.test(name))).toEqual([]);
  });
});

function readmeLine({ name, default: standard, sentence }: (typeof VARIABLES)[number]): string {
  return `| \`${name}\` | ${standard === '' ? '' : `\`${standard}\``} | ${sentence} |`;
}

function failureOf(env: Record<string, string>): Error | undefined {
  try {
    readConfig(env);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error('not an error');
  }
}
