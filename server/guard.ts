// The doorkeeper of pages and sockets: built once in app.ts, asked by both.
import { allowedOrigins, type Asked, isAllowed, isOwnHost, type OriginParts, sourceOf } from './origin.ts';
import { cookieName, tokenIn } from './session-token.ts';

export interface Request extends Asked {
  readonly headers: Asked['headers'] & { readonly cookie?: string | undefined };
}

export class Guard {
  readonly #parts: OriginParts;
  #allowed: ReadonlySet<string> | undefined;
  #allowedFor = 0;

  constructor(parts: OriginParts) {
    this.#parts = parts;
  }

  /** The address in the browser's bar is one of ours. */
  isOurs(request: Request): boolean {
    return isOwnHost(request.headers.host, this.#origins());
  }

  /** May change something: it comes from a page of ours, or from no page at all and without a cookie. */
  mayAct(request: Request): boolean {
    return isAllowed(request, this.#origins(), this.#hasCookie(request));
  }

  /** The session's token that the browser sent. Under TLS only the cookie that no other name or scheme could have set. */
  tokenOf(request: Request): string | undefined {
    const port = this.#parts.port();
    const isSecure = sourceOf(request)?.startsWith('https:') ?? false;
    const secure = tokenIn(request.headers.cookie, cookieName(port, true));
    return secure ?? (isSecure ? undefined : tokenIn(request.headers.cookie, cookieName(port, false)));
  }

  #hasCookie({ headers }: Request): boolean {
    const port = this.#parts.port();
    const names = [cookieName(port, false), cookieName(port, true)];
    return names.some((name) => headers.cookie?.split(';').some((pair) => pair.trim().startsWith(`${name}=`)) ?? false);
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
