import fc from 'fast-check';
import { isIP } from 'node:net';
import { describe, expect, test } from 'vitest';
import { networkOf, plainAddress, Proxies } from './client-address.ts';

interface Said {
  readonly peer?: string | undefined;
  readonly forwarded?: string | readonly string[];
  readonly proto?: string;
}

function clientOf(words: readonly string[], { peer, forwarded, proto }: Said) {
  const headers = { 'x-forwarded-for': forwarded, 'x-forwarded-proto': proto };
  return new Proxies(words).clientOf({ socket: { remoteAddress: peer }, headers });
}

describe('whose X-Forwarded-For is believed', () => {
  test.each<[string, readonly string[], Said, string]>([
    ['nobody’s without proxies', [], { peer: '127.0.0.1', forwarded: '1.2.3.4' }, '127.0.0.1'],
    ['not that of a stranger', ['10.0.0.7'], { peer: '10.0.0.8', forwarded: '1.2.3.4' }, '10.0.0.8'],
    ['that of a proxy of ours', ['10.0.0.7'], { peer: '10.0.0.7', forwarded: '1.2.3.4' }, '1.2.3.4'],
    ['that of one in our range', ['10.0.0.0/8'], { peer: '10.9.9.9', forwarded: '1.2.3.4' }, '1.2.3.4'],
    ['not that of one beyond it', ['10.0.0.0/8'], { peer: '11.0.0.1', forwarded: '1.2.3.4' }, '11.0.0.1'],
    ['loopback is a word', ['loopback'], { peer: '127.3.2.1', forwarded: '1.2.3.4' }, '1.2.3.4'],
    ['also in IPv6', ['loopback'], { peer: '::1', forwarded: '1.2.3.4' }, '1.2.3.4'],
    [
      'and for an IPv4 address in disguise',
      ['loopback'],
      { peer: '::ffff:127.0.0.1', forwarded: '1.2.3.4' },
      '1.2.3.4',
    ],
    ['uniquelocal is a word', ['uniquelocal'], { peer: '192.168.1.1', forwarded: '1.2.3.4' }, '1.2.3.4'],
    ['in IPv6 too', ['uniquelocal'], { peer: 'fd00::1', forwarded: '1.2.3.4' }, '1.2.3.4'],
    ['linklocal is a word', ['linklocal'], { peer: 'fe80::1%eth0', forwarded: '1.2.3.4' }, '1.2.3.4'],
    ['an IPv6 range', ['2001:db8::/32'], { peer: '2001:db8:1::1', forwarded: '1.2.3.4' }, '1.2.3.4'],
    [
      'only its last hop, for the others anybody may have written',
      ['loopback'],
      { peer: '127.0.0.1', forwarded: '6.6.6.6, 1.2.3.4' },
      '1.2.3.4',
    ],
    [
      'through several of ours',
      ['loopback', '10.0.0.0/8'],
      { peer: '::1', forwarded: '6.6.6.6, 1.2.3.4, 10.0.0.1,10.0.0.2' },
      '1.2.3.4',
    ],
    [
      'when all are ours, the farthest',
      ['10.0.0.0/8'],
      { peer: '10.0.0.1', forwarded: '10.0.0.3, 10.0.0.2' },
      '10.0.0.3',
    ],
    ['several headers are one list', ['loopback'], { peer: '::1', forwarded: ['6.6.6.6', '1.2.3.4'] }, '1.2.3.4'],
    ['with a port', ['loopback'], { peer: '::1', forwarded: '1.2.3.4:5678' }, '1.2.3.4'],
    ['with brackets and a port', ['loopback'], { peer: '::1', forwarded: '[2001:db8::7]:443' }, '2001:db8::7'],
    ['an IPv4 address in disguise is unmasked', ['loopback'], { peer: '::1', forwarded: '::ffff:1.2.3.4' }, '1.2.3.4'],
    ['written in hex too', ['loopback'], { peer: '::1', forwarded: '::ffff:0102:0304' }, '1.2.3.4'],
    ['garbage is nobody', ['loopback'], { peer: '127.0.0.1', forwarded: 'unknown' }, '127.0.0.1'],
    [
      'what stands before garbage is not believed',
      ['loopback'],
      { peer: '::1', forwarded: '1.2.3.4, <b>, 127.0.0.2' },
      '127.0.0.2',
    ],
    ['an empty list is none', ['loopback'], { peer: '127.0.0.1', forwarded: ' , ' }, '127.0.0.1'],
    ['a connection that is gone is nobody', ['loopback'], { peer: undefined, forwarded: '1.2.3.4' }, ''],
  ])('%s', (_, words, said, expected) => {
    expect(clientOf(words, said).address).toBe(expected);
  });
});

describe('whose X-Forwarded-Proto is believed', () => {
  test.each<[string, Said, boolean]>([
    ['a proxy of ours says https', { peer: '127.0.0.1', proto: 'https' }, true],
    ['in capitals', { peer: '127.0.0.1', proto: 'HTTPS' }, true],
    ['a stranger says https', { peer: '1.2.3.4', proto: 'https' }, false],
    ['of a list the last counts: a proxy of ours wrote it', { peer: '127.0.0.1', proto: 'https, http' }, false],
    ['and not what a client wrote before', { peer: '127.0.0.1', proto: 'http, https' }, true],
    ['another word', { peer: '127.0.0.1', proto: 'https:' }, false],
    ['nothing', { peer: '127.0.0.1' }, false],
  ])('%s', (_, said, expected) => {
    expect(clientOf(['loopback'], said).isSecure).toBe(expected);
  });
});

describe('by what an address is counted', () => {
  test.each([
    ['1.2.3.4', '1.2.3.4'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
    ['64:ff9b::1.2.3.4', '64:ff9b:0:0::/64'],
    ['', ''],
  ])('%s by %s', (address, network) => {
    expect(networkOf(plainAddress(address) ?? '')).toBe(network);
  });
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['10.1.2.3', undefined],
  ['::ffff:10.1.2.3', undefined],
  ['::1', undefined],
  [undefined, ''],
])('a socket from %s is counted by %s', (address, network) => {
  expect(new Proxies(['10.0.0.0/8', 'loopback']).networkOfPeer(address)).toBe(network);
});

test('whatever a proxy says, the client is an address, and only ours are passed over', () => {
  const hop = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string(), fc.constantFrom('127.0.0.1', '::ffff:10.0.0.1', '[::1]:80'));
  fc.assert(
    fc.property(fc.array(hop, { maxLength: 6 }), (hops) => {
      const { address, network } = clientOf(['loopback'], { peer: '127.0.0.1', forwarded: hops.join(', ') });
      expect(isIP(address)).not.toBe(0);
      expect(network).not.toBe('');
      expect(address.startsWith('::ffff:')).toBe(false);
    }),
  );
});

test('a list from whom nobody trusts changes nothing, whatever it says', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (forwarded, proto) => {
      const said = clientOf(['loopback'], { peer: '203.0.113.9', forwarded, proto });
      expect(said).toEqual({ address: '203.0.113.9', network: '203.0.113.9', isSecure: false });
    }),
  );
});
