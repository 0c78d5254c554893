// What the person who started the server reads: where to open it, and how others can.
import type { Limits } from './limits/limits.ts';

export interface Started {
  readonly host: string;
  /** The one that is really listened on. */
  readonly port: number;
  readonly origins: readonly string[];
  /** This machine's own, as the system lists them. */
  readonly addresses: readonly string[];
  readonly limits: Limits | undefined;
}

/** Beside Started.limits: what it turns off now. */
export const LIMITS_OFF =
  'SNUG_LIMITS is off, for load tests only: anybody may send, come in and connect as fast as they like. Sizes stay bounded.';

/** Lines without a newline at the end. The last is "Snug is ready: " and the addresses to open, two spaces between them. */
export function startMessage(started: Started): string {
  const limits = started.limits ? [] : [LIMITS_OFF];
  const ready = `Snug is ready: ${[...started.origins, ...listenedOn(started)].join('  ')}`;
  return [...limits, ...howToOpen(started), ready].join('\n');
}

function listenedOn({ host, port, addresses }: Started): string[] {
  if (isLoopback(host)) return [urlOf('localhost', port)];
  if (!isEverywhere(host)) return [urlOf(host, port)];
  const reachable = host === '0.0.0.0' ? addresses.filter((address) => !address.includes(':')) : addresses;
  return ['localhost', ...reachable.filter((address) => !isLoopback(address) && !address.startsWith('fe80:'))].map(
    (name) => urlOf(name, port),
  );
}

function howToOpen({ host, origins }: Started): string[] {
  if (origins.length > 0) return [];
  if (isLoopback(host)) {
    return [
      'Only this machine can open it. For others too: HOST=0.0.0.0 npm start; behind a name also SNUG_ORIGINS=https://the.name',
    ];
  }
  return ['Under a name it answers once SNUG_ORIGINS says so: SNUG_ORIGINS=https://the.name npm start'];
}

function urlOf(host: string, port: number): string {
  const shown = host.includes(':') ? `[${host}]` : host;
  return port === 80 ? `http://${shown}` : `http://${shown}:${port}`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}
