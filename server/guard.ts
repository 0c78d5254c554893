// The doorkeeper of pages and sockets: built once in app.ts, asked by both.
import { type Arrived, type Client, Proxies } from './client-address.ts';
import { allowedOrigins, type Asked, isAllowed, isOwnHost, type OriginParts, ownOrigin, sourceOf } from './origin.ts';
import { cookieName, tokenIn, visitorTokenIn } from './session-token.ts';

export interface Request extends Asked, Arrived {
  readonly headers: Asked['headers'] & Arrived['headers'] & { readonly cookie?: string | undefined };
}

export interface GuardParts extends OriginParts {
  /** SNUG_PROXIES: whose X-Forwarded-* headers are believed; left out, nobody's. */
  readonly proxies?: readonly string[];
}

export class Guard {
  readonly #parts: GuardParts;
  readonly #proxies: Proxies;
  #allowed: ReadonlySet<string> | undefined;
  #allowedFor = 0;

  constructor(parts: GuardParts) {
    this.#parts = parts;
    this.#proxies = new Proxies(parts.proxies ?? []);
  }

  /** Who asks, from where. */
  clientOf(request: Request): Client {
    return this.#proxies.clientOf(request);
  }

  /** As Proxies.networkOfPeer. */
  networkOfPeer({ remoteAddress }: { readonly remoteAddress?: string | undefined }): string | undefined {
    return this.#proxies.networkOfPeer(remoteAddress);
  }

  /**
   * As the browser sees it: a proxy in front may have ended TLS. It says so, where it is trusted; and so does the page
   * that it comes from, which was compared with our own addresses before.
   */
  isSecure(request: Request): boolean {
    return this.clientOf(request).isSecure || (sourceOf(request)?.startsWith('https:') ?? false);
  }

  /** The address in the browser's bar is one of ours. */
  isOurs(request: Request): boolean {
    return isOwnHost(request.headers.host, this.#origins());
  }

  /** The address in the browser's bar, as a link to us begins; undefined when it is none of ours. */
  originOf(request: Request): string | undefined {
    return ownOrigin(request.headers.host, this.#origins());
  }

  /** May change something: it comes from a page of ours, or from no page at all and without a cookie. */
  mayAct(request: Request): boolean {
    return isAllowed(request, this.#origins(), this.#hasCookie(request));
  }

  /** The session's token that the browser sent. Under TLS only the cookie that no other name or scheme could have set. */
  tokenOf(request: Request): string | undefined {
    return this.#inCookie(request, tokenIn);
  }

  /** The token that a browser without a session was given, where it has no other. */
  visitorTokenOf(request: Request): string | undefined {
    return this.tokenOf(request) === undefined ? this.#inCookie(request, visitorTokenIn) : undefined;
  }

  #inCookie(request: Request, tokenOf: typeof tokenIn): string | undefined {
    const port = this.#parts.port();
    const secure = tokenOf(request.headers.cookie, cookieName(port, true));
    return secure ?? (this.isSecure(request) ? undefined : tokenOf(request.headers.cookie, cookieName(port, false)));
  }

  /** A visitor's token is nobody's: who brings it is as free to come in as who brings nothing. */
  #hasCookie({ headers }: Request): boolean {
    const port = this.#parts.port();
    const names = [cookieName(port, false), cookieName(port, true)];
    const mine = (name: string) =>
      headers.cookie?.split(';').filter((pair) => pair.trim().startsWith(`${name}=`)) ?? [];
    return names.some((name) => mine(name).some((pair) => visitorTokenIn(pair, name) === undefined));
  }

  #origins(): ReadonlySet<string> {
    const port = this.#parts.port();
    if (!this.#allowed || this.#allowedFor !== port) {
      this.#allowed = allowedOrigins(this.#parts);
      this.#allowedFor = port;
    }
    return this.#allowed;
  }
}
