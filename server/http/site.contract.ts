// What the tests of the pages have in common: the real routes over the memory store, and a browser that keeps cookies.
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import type { ClientId, DeviceId, MemberId, NodeId, RoomId, SessionId } from '../../protocol/ids.ts';
import { LocalBus } from '../bus/local-bus.ts';
import { wallClock } from '../clock.ts';
import { Guard } from '../guard.ts';
import { Tolls } from '../limits/tolls.ts';
import { RoomLog } from '../log/room-log.ts';
import { MemoryStore } from '../store/memory/memory-store.ts';
import { SeldomLog } from '../seldom-log.ts';
import { randomIds } from '../store/random-ids.ts';
import type { Store } from '../store/store.ts';
import { buildHttp } from './build-http.ts';
import { readBuiltFiles } from './built-files.ts';
import type { HttpParts } from './http-parts.ts';
import { PagePaces } from './page-paces.ts';

export interface Site {
  readonly app: FastifyInstance;
  readonly store: Store;
  /** What was asked of the open connections, in order. */
  readonly asked: string[];
  /** Lines of the log. */
  readonly lines: string[];
  readonly browser: () => Browser;
}

/** Parts that a test wants otherwise. `wrap` stands between the routes and the store. */
export interface SiteOptions extends Partial<Omit<HttpParts, 'act'>> {
  readonly origins?: readonly string[];
  readonly proxies?: readonly string[];
  readonly wrap?: (store: Store) => Store;
}

export async function openSite({
  wrap = (store) => store,
  origins = [],
  proxies = [],
  ...given
}: SiteOptions = {}): Promise<Site> {
  const clock = wallClock;
  const store = wrap(new MemoryStore({ clock, newId: randomIds() }));
  const audience = {
    deliver: () => undefined,
    signal: () => undefined,
    news: () => undefined,
    rewound: () => undefined,
  };
  const newNodeId = () => randomUUID() as NodeId;
  const failed = (error: unknown): void => void lines.push(String(error));
  const log = new RoomLog({ store, bus: new LocalBus(), clock, random: Math.random, newNodeId, audience, failed });
  const asked: string[] = [];
  const lines: string[] = [];
  const app = await buildHttp({
    act: { store, log, clock, newClientId: () => randomUUID() as ClientId },
    files: readBuiltFiles(builtFolder()),
    guard: new Guard({ port: () => 5000, origins, addresses: [], proxies }),
    connections: {
      takeOut: (_: RoomId, member: MemberId) => {
        asked.push(`takeOut ${member}`);
        return { connections: 0, silence: () => asked.push(`silence ${member}`) };
      },
      forget: (member: MemberId) => void asked.push(`forget ${member}`),
      closeSession: (session: SessionId) => void asked.push(`close ${session}`),
      closeDevice: (_: SessionId, device: DeviceId) => void asked.push(`close ${device}`),
    },
    tolls: new Tolls(undefined),
    paces: new PagePaces({ limits: undefined, clock, reached: () => undefined }),
    requestMs: 10_000,
    failed,
    port: () => 5000,
    isStopping: () => false,
    logger: new SeldomLog(pino({ level: 'trace' }, { write: (line) => void lines.push(line) }), clock),
    ...given,
  });
  return { app, store, asked, lines, browser: () => new Browser(app) };
}

/** As the build leaves it. `within`: folders between a new one and it. */
export function builtFolder(within = ''): string {
  const made = mkdtempSync(join(tmpdir(), 'snug-web-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  const folder = join(made, within);
  mkdirSync(join(folder, '.vite'), { recursive: true });
  mkdirSync(join(folder, 'assets'));
  const manifest = {
    'login.tsx': { file: 'assets/login-1.js', isEntry: true, imports: ['_both.js'] },
    'chat.tsx': { file: 'assets/chat-1.js', isEntry: true, imports: ['_both.js', '_talk.js'] },
    '_both.js': { file: 'assets/both-1.js' },
    '_talk.js': { file: 'assets/talk-1.js', imports: ['_both.js'] },
    'style.css': { file: 'assets/style-1.css', src: 'style.css' },
    '../node_modules/font/files/atkinson-hyperlegible-next-latin-wght-normal.woff2': { file: 'assets/font-1.woff2' },
  };
  writeFileSync(join(folder, '.vite/manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'assets/login-1.js'), 'export {};');
  writeFileSync(join(folder, 'assets/login-1.js.br'), brotliCompressSync('export {};'));
  writeFileSync(join(folder, 'assets/login-1.js.gz'), gzipSync('export {};'));
  writeFileSync(join(folder, 'assets/style-1.css'), 'body {}');
  writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  return folder;
}

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT';

/** Keeps cookies and follows nothing. */
export class Browser {
  readonly #app: FastifyInstance;
  readonly cookies = new Map<string, string>();

  constructor(app: FastifyInstance) {
    this.#app = app;
  }

  get(url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.ask('GET', url, headers);
  }

  head(url: string): Promise<LightMyRequestResponse> {
    return this.ask('HEAD', url, {});
  }

  post(
    url: string,
    form: Record<string, string> | string,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const payload = typeof form === 'string' ? form : new URLSearchParams(form).toString();
    return this.ask('POST', url, { 'content-type': 'application/x-www-form-urlencoded', ...headers }, payload);
  }

  async ask(
    method: Method,
    url: string,
    headers: Record<string, string> = {},
    payload?: string,
  ): Promise<LightMyRequestResponse> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const origin = method === 'POST' ? { origin: 'http://localhost:5000' } : {};
    const sent = { host: 'localhost:5000', ...origin, ...(cookie === '' ? {} : { cookie }), ...headers };
    const response = await this.#app.inject({
      method,
      url,
      headers: sent,
      ...(payload === undefined ? {} : { payload }),
    });
    for (const { name, value } of response.cookies) {
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}
