// H6: from where a browser may act here. One exact list of addresses, for pages, polling and WebSocket alike.

/** What a browser says by itself of a request; the other side of a script may say anything. */
export interface Asked {
  readonly method?: string | undefined;
  readonly headers: {
    readonly host?: string | undefined;
    readonly origin?: string | undefined;
    readonly referer?: string | undefined;
  };
}

export interface OriginParts {
  /** Known once it is listened on. */
  readonly port: () => number;
  /** SNUG_ORIGINS: beside this machine's own addresses. */
  readonly origins: readonly string[];
  /** This machine's own, as the system lists them. */
  readonly addresses: readonly string[];
}

/** A name or an address, and a port: nothing that would mean something else in a URL. */
const HOST = /^[\w.:[\]-]+$/u;

/** As browsers write them: without a port that is the scheme's own. */
export function allowedOrigins(parts: OriginParts): ReadonlySet<string> {
  const hosts = ['localhost', '127.0.0.1', '::1', ...parts.addresses];
  const own = hosts.map((host) => originOf(`http://${host.includes(':') ? `[${host}]` : host}:${parts.port()}`));
  return new Set([...own, ...parts.origins.map(originOf)].filter((origin) => origin !== undefined));
}

/** The address in the browser's bar is one of ours: else a foreign name was pointed at this machine (DNS rebinding). */
export function isOwnHost(host: string | undefined, allowed: ReadonlySet<string>): boolean {
  return ownOrigin(host, allowed) !== undefined;
}

/** Where we are known to be under the name that was asked for, under TLS if that is allowed; undefined for a foreign name. */
export function ownOrigin(host: string | undefined, allowed: ReadonlySet<string>): string | undefined {
  if (host === undefined || !HOST.test(host)) return undefined;
  return [`https://${host}`, `http://${host}`]
    .map(originOf)
    .find((origin) => origin !== undefined && allowed.has(origin));
}

/** Whether a request that may change something, or opens a connection, may come from where it comes from. */
export function isAllowed(asked: Asked, allowed: ReadonlySet<string>, hasCookie: boolean): boolean {
  if (!isOwnHost(asked.headers.host, allowed)) return false;
  const origin = sourceOf(asked);
  return origin === undefined ? !hasCookie : allowed.has(origin);
}

/**
 * The page that a request comes from. Browsers leave Origin out where a page asks its own server with GET, which is how
 * polling begins: there its Referer says the same, and no other page can forge it.
 */
export function sourceOf({ method, headers }: Asked): string | undefined {
  if (headers.origin !== undefined) return headers.origin;
  return method === 'GET' && headers.referer !== undefined ? (originOf(headers.referer) ?? headers.referer) : undefined;
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
