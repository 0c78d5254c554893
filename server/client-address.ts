// Who is at the other end, for pages and sockets alike: the one place that believes X-Forwarded-*, and whom.
import { BlockList, isIP } from 'node:net';

/** The part of a request that says so. */
export interface Arrived {
  readonly socket?: { readonly remoteAddress?: string | undefined } | undefined;
  readonly headers: {
    readonly 'x-forwarded-for'?: string | readonly string[] | undefined;
    readonly 'x-forwarded-proto'?: string | readonly string[] | undefined;
  };
}

export interface Client {
  /** An IPv4 address, or an IPv6 one that is no IPv4 in disguise; empty when the connection is gone already. */
  readonly address: string;
  /** By which it is counted: the address, of IPv6 the /64, for a household has all of those. */
  readonly network: string;
  /** It came over TLS to the proxy in front. */
  readonly isSecure: boolean;
}

const WORDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['loopback', ['127.0.0.0/8', '::1']],
  ['linklocal', ['169.254.0.0/16', 'fe80::/10']],
  ['uniquelocal', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']],
]);

export class Proxies {
  readonly #trusted = new BlockList();

  /** Addresses, ranges, or the words loopback, linklocal and uniquelocal, as SNUG_PROXIES has been checked to be. */
  constructor(words: readonly string[]) {
    for (const range of words.flatMap((word) => WORDS.get(word) ?? [word])) this.#trust(range);
  }

  clientOf({ socket, headers }: Arrived): Client {
    const peer = plainAddress(socket?.remoteAddress ?? '') ?? '';
    if (!this.#isTrusted(peer)) return { address: peer, network: networkOf(peer), isSecure: false };
    const address = this.#farthest(peer, listOf(headers['x-forwarded-for']));
    const scheme = listOf(headers['x-forwarded-proto']).at(-1)?.toLowerCase();
    return { address, network: networkOf(address), isSecure: scheme === 'https' };
  }

  /** Before there is a request: by what a socket is counted, or undefined when a proxy of ours is at its other end. */
  networkOfPeer(remoteAddress: string | undefined): string | undefined {
    const peer = plainAddress(remoteAddress ?? '') ?? '';
    return this.#isTrusted(peer) ? undefined : networkOf(peer);
  }

  /**
   * Each proxy adds whom it heard it from, so the list is believed from its end as long as a proxy of ours wrote it; what
   * stands before is anybody's. What is no address ends it too.
   */
  #farthest(peer: string, hops: readonly string[]): string {
    let known = peer;
    for (const hop of hops.toReversed()) {
      const address = plainAddress(hop);
      if (address === undefined) return known;
      known = address;
      if (!this.#isTrusted(address)) return known;
    }
    return known;
  }

  #isTrusted(address: string): boolean {
    const version = isIP(address);
    return version !== 0 && this.#trusted.check(address, version === 4 ? 'ipv4' : 'ipv6');
  }

  #trust(range: string): void {
    const [address = '', bits] = range.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    const wholly = family === 'ipv4' ? 32 : 128;
    this.#trusted.addSubnet(address, bits === undefined ? wholly : Number(bits), family);
  }
}

/** Without a port, brackets, the name of an interface, or the prefix of an IPv4 address in IPv6; undefined for what is none. */
export function plainAddress(text: string): string | undefined {
  const bare = /^\[([^\]]*)\](?::\d{1,5})?$/u.exec(text)?.[1] ?? /^([\d.]+):\d{1,5}$/u.exec(text)?.[1] ?? text;
  const [address = ''] = bare.split('%');
  if (isIP(address) !== 6) return isIP(address) === 4 ? address : undefined;
  const groups = groupsOf(address);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return isMapped ? dotted(groups) : address.toLowerCase();
}

/** As `plainAddress` gives it. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const first = groupsOf(address).slice(0, 4);
  return `${first.map((group) => group.toString(16)).join(':')}::/64`;
}

/** The eight numbers of an IPv6 address that is one. */
function groupsOf(address: string): readonly number[] {
  const hex = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/u, (_, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [before = [], after] = hex.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const missing = after === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...Array.from({ length: missing }, () => '0'), ...(after ?? [])];
  return all.map((group) => Number.parseInt(group, 16));
}

function dotted(groups: readonly number[]): string {
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}

function listOf(header: string | readonly string[] | undefined): readonly string[] {
  const text = typeof header === 'string' ? header : (header ?? []).join(',');
  return text
    .split(',')
    .map((hop) => hop.trim())
    .filter((hop) => hop !== '');
}
