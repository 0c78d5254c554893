import { test as base, type Browser, type BrowserContextOptions, expect } from '@playwright/test';
import { Line, type Place } from './line.ts';
import { PageWatch } from './page-watch.ts';
import { Person } from './person.ts';
import { Script, type ScriptOptions } from './script.ts';
import { Server, type Settings } from './server.ts';

/** Who and what a story needs. All of it is put away afterwards, and the story fails if any of it went wrong. */
export interface Stage {
  /** A room that no other story uses. */
  readonly room: string;
  readonly watch: PageWatch;
  /** Somebody with a browser of their own, who has opened nothing yet. */
  readonly stranger: (options?: BrowserContextOptions, at?: Place) => Promise<Person>;
  /** Somebody with a browser of their own, in the story's room. */
  readonly guest: (name: string, at?: Place) => Promise<Person>;
  /** A program in the story's room. */
  readonly script: (name: string, more?: Partial<ScriptOptions>, at?: Place) => Promise<Script>;
  /** A way to the server that can be cut: whoever is to lose the connection comes in there. */
  readonly line: Line;
  /** A server of the story's own, to be killed. */
  readonly ownServer: (settings?: Settings) => Promise<Server>;
}

/** Of all stories of one worker, which have rooms of their own. */
interface Surroundings {
  readonly server: Server;
}

// With this grace nobody is told of a closed tab within a story: whatever tells of a departure was told at once.
const LONG_GRACE: Settings = { SNUG_GRACE_MS: '120000' };

export const test = base.extend<Stage, Surroundings>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const server = await Server.start(LONG_GRACE);
      await use(server);
      await server.close();
      expect(server.problems).toEqual([]);
    },
    { scope: 'worker' },
  ],
  room: async ({ server }, use) => use(server.newRoom()),
  context: async ({ context, watch }, use) => {
    await watch.watch(context);
    await use(context);
  },
  watch: async ({ server }, use) => {
    const watch = new PageWatch();
    await use(watch);
    watch.note(server.problems);
    expect(watch.problems).toEqual([]);
  },
  ownServer: async ({ watch }, use) => {
    const servers: Server[] = [];
    await use(async (settings) => {
      const server = await Server.start(settings);
      servers.push(server);
      return server;
    });
    await Promise.all(servers.map((server) => server.close()));
    for (const { problems } of servers) watch.note(problems);
  },
  line: async ({ server }, use) => {
    const line = await Line.to(server);
    await use(line);
    await line.close();
  },
  // Their pages close before the line does: one that is still there would come back, and say on its console that it cannot.
  stranger: async ({ browser, server, watch, line: _line }, use) => {
    const open: Awaited<ReturnType<Browser['newContext']>>[] = [];
    await use(async (options = {}, at = server) => {
      const context = await browser.newContext(options);
      open.push(context);
      await watch.watch(context);
      return new Person(await context.newPage(), at.origin);
    });
    await Promise.all(open.map((context) => context.close()));
  },
  guest: async ({ stranger, room }, use) => {
    await use(async (name, at) => (await stranger({}, at)).appear(name, room));
  },
  script: async ({ server, room }, use) => {
    const open: Script[] = [];
    await use(async (name, more = {}, at = server) => {
      const script = await Script.connect(at.origin, { name, room, ...more });
      open.push(script);
      return script;
    });
    for (const script of open) script.close();
  },
});

/**
 * For a second way through what another story shows, and for the whole of a large product: `npm run test:all` alone tells
 * these, so that `npm test` stays below its 4 minutes.
 */
export const IN_ALL = { tag: '@all' };

export { expect };
