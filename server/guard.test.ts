import { expect, test } from 'vitest';
import { Guard } from './guard.ts';
import { cookieName, hashKey, hashToken, newToken, newVisitorToken, tokenIn } from './session-token.ts';

const [plain, secure] = [cookieName(5000, false), cookieName(5000, true)];
const guard = new Guard({ port: () => 5000, origins: ['https://chat.example.org'], addresses: [] });
const host = 'localhost:5000';

test('H1: the token is found among other cookies, and nothing else is taken for it', () => {
  const token = newToken();
  expect(tokenIn(`a=b; ${plain}=${token}; c=d`, plain)).toBe(token);
  expect(tokenIn(`x${plain}=${token}`, plain)).toBeUndefined();
  expect(tokenIn(`${plain}`, plain)).toBeUndefined();
  expect(tokenIn(undefined, plain)).toBeUndefined();
  for (const value of ['', 'short', `${token}x`, `"${token}"`])
    expect(tokenIn(`${plain}=${value}`, plain)).toBeUndefined();
});

test('H5: a key is never the hash of a token, even if it is one', () => {
  const token = newToken();
  expect(hashKey(token)).not.toBe(hashToken(token));
});

test('H6: a cookie of ours needs an Origin, another’s does not', () => {
  expect(guard.mayAct({ headers: { host, cookie: 'theme=dark' } })).toBe(true);
  for (const name of [plain, secure]) {
    expect(guard.mayAct({ headers: { host, cookie: `theme=dark; ${name}=whatever` } })).toBe(false);
    expect(guard.mayAct({ headers: { host, origin: `http://${host}`, cookie: `${name}=whatever` } })).toBe(true);
  }
});

test('H1 H6: a visitor’s token is no session’s, and asks for no Origin', () => {
  const [visitor, mine] = [newVisitorToken(), newToken()];
  const cookie = `${plain}=${visitor}`;
  expect(guard.tokenOf({ headers: { host, cookie } })).toBeUndefined();
  expect(guard.visitorTokenOf({ headers: { host, cookie } })).toBe(visitor);
  expect(guard.visitorTokenOf({ headers: { host, cookie: `${cookie}; ${secure}=${mine}` } })).toBeUndefined();
  expect(guard.mayAct({ headers: { host, cookie } })).toBe(true);
  expect(guard.mayAct({ headers: { host, cookie: `${cookie}; ${plain}=${mine}` } })).toBe(false);
  expect(guard.mayAct({ headers: { host, origin: 'https://evil.example', cookie } })).toBe(false);
});

test('H1: under TLS only the cookie counts that no other name or scheme can set', () => {
  const [mine, planted] = [newToken(), newToken()];
  const origin = 'https://chat.example.org';
  expect(guard.tokenOf({ headers: { origin, cookie: `${plain}=${planted}; ${secure}=${mine}` } })).toBe(mine);
  expect(guard.tokenOf({ headers: { origin, cookie: `${plain}=${planted}` } })).toBeUndefined();
  expect(guard.tokenOf({ headers: { origin: `http://${host}`, cookie: `${plain}=${mine}` } })).toBe(mine);
});

test('H6: the list follows the port that is listened on', () => {
  let port = 0;
  const late = new Guard({ port: () => port, origins: [], addresses: [] });
  expect(late.isOurs({ headers: { host } })).toBe(false);
  port = 5000;
  expect(late.isOurs({ headers: { host } })).toBe(true);
});

test('H1: under TLS also where a proxy of ours says so of a page that tells no Origin, and nobody else', () => {
  const mine = newToken();
  const behind = new Guard({ port: () => 5000, origins: [], addresses: [], proxies: ['10.0.0.0/8'] });
  const asked = (remoteAddress: string, proto: string) => ({
    socket: { remoteAddress },
    headers: { host, cookie: `${plain}=${mine}`, 'x-forwarded-proto': proto, 'x-forwarded-for': '203.0.113.9' },
  });
  expect(behind.tokenOf(asked('10.0.0.1', 'https'))).toBeUndefined();
  expect(behind.tokenOf(asked('10.0.0.1', 'http'))).toBe(mine);
  expect(behind.tokenOf(asked('203.0.113.1', 'https'))).toBe(mine);
  expect(behind.clientOf(asked('10.0.0.1', 'https'))).toMatchObject({ address: '203.0.113.9', isSecure: true });
  expect(behind.clientOf(asked('203.0.113.1', 'https'))).toMatchObject({ address: '203.0.113.1', isSecure: false });
});
