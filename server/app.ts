// The composition root: the only file that names implementations.
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { networkInterfaces, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getHeapStatistics } from 'node:v8';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { ClientId, NodeId } from '../protocol/ids.ts';
import type { Bus } from './bus/bus.ts';
import { LocalBus } from './bus/local-bus.ts';
import { tellingClock, wallClock } from './clock.ts';
import type { Config } from './config.ts';
import { Gateway } from './gateway/gateway.ts';
import { isOfConnection } from './gateway/socket-server.ts';
import { Guard } from './guard.ts';
import { buildHttp } from './http/build-http.ts';
import { readBuiltFiles } from './http/built-files.ts';
import { PagePaces } from './http/page-paces.ts';
import { LastAnswers } from './last-answers.ts';
import type { Reached } from './limits/limits.ts';
import { mostConnectionsIn } from './limits/most-connections.ts';
import { Tolls } from './limits/tolls.ts';
import { type Audience, RoomLog } from './log/room-log.ts';
import type { Act } from './rooms/act.ts';
import type { Connections } from './rooms/sign-out.ts';
import { SeldomLog } from './seldom-log.ts';
import { OpenSockets } from './open-sockets.ts';
import { LIMITS_OFF, startMessage } from './start-message.ts';
import { listenProblem, StartProblem } from './start-problem.ts';
import { CannotOpenStore } from './store/sqlite/cannot-open.ts';
import { openSqlite } from './store/sqlite/open-sqlite.ts';
import type { Store } from './store/store.ts';
import { tellingSurprises } from './surprises.ts';

/** Connections close so far apart on average that their coming back is no herd: 200 a second. */
const DRAIN_PER_CONNECTION_MS = 5;
/** As the gateway gives those of its connections. */
const LAST_ANSWERS_MS = 5_000;

export interface App {
  readonly port: number;
  /** For the person who started it: where to open it. */
  readonly message: string;
  /** Is not ready, takes no new connections, answers what was asked, lets the connections go, closes the store. */
  readonly stop: () => Promise<void>;
}

/** Throws StartProblem with nothing left open. */
export async function startApp(config: Config, logger: Logger): Promise<App> {
  const files = readBuiltFiles(webFolder());
  const store = await openStore(config.dataFolder, logger);
  try {
    return await serve(config, logger, store, files);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The program runs built, beside what the bundler made, or as it is written. */
function webFolder(): string {
  return fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../dist/web/' : '../web/', import.meta.url));
}

async function openStore(folder: string, logger: Logger): Promise<Store> {
  const changed = (problem: string | undefined): void => {
    if (problem === undefined) logger.info('the store works again');
    else logger.error({ problem }, 'the store does not work');
  };
  try {
    return await openSqlite({ folder: resolve(folder), changed });
  } catch (error) {
    throw error instanceof CannotOpenStore ? new StartProblem(error.message) : error;
  }
}

type Files = ReturnType<typeof readBuiltFiles>;

async function serve(config: Config, logger: Logger, store: Store, files: Files): Promise<App> {
  const parts = await assemble(config, logger, store, files);
  const { http, gateway, log, act, addresses } = parts;
  await log.start();
  gateway.open(act);
  try {
    await listen(http.server, config);
  } catch (error) {
    await log.stop();
    throw error;
  }
  const port = portOf(http.server);
  if (!config.limits) logger.warn(LIMITS_OFF);
  logger.info({ host: config.host, port }, 'listening');
  const message = startMessage({ ...config, port, addresses });
  return { port, message, stop: () => stop(config, logger, parts) };
}

interface Parts {
  readonly act: Act;
  readonly log: RoomLog;
  readonly bus: Bus;
  readonly http: FastifyInstance;
  readonly gateway: Gateway;
  readonly lastAnswers: LastAnswers;
  /** This machine's own. */
  readonly addresses: readonly string[];
  readonly state: { isStopping: boolean };
}

async function assemble(config: Config, logger: Logger, store: Store, files: Files): Promise<Parts> {
  const { times, origins, proxies, limits } = config;
  const state = { isStopping: false };
  const addresses = ownAddresses();
  // Asked for by requests alone, and none comes before it listens.
  const port = (): number => portOf(http.server);
  const guard = new Guard({ port, origins, addresses, proxies });
  const seldom = new SeldomLog(logger, wallClock);
  const failed = tellingSurprises(seldom);
  const reached = (limit: Reached) => seldom.warn({ limit }, 'A limit was reached.', limit);
  const tolls = new Tolls(limits, reached);
  const paces = new PagePaces({ limits, clock: wallClock, reached });
  // Log and pages are made before the gateway that they speak to: it needs the server that the pages make.
  const audience: Audience = {
    deliver: (room, entries) => gateway.deliver(room, entries),
    signal: (room, signal, to) => gateway.signal(room, signal, to),
    news: (room, tally) => gateway.news(room, tally),
    rewound: (room) => gateway.rewound(room),
  };
  const connections: Connections = {
    takeOut: (room, member) => gateway.takeOut(room, member),
    forget: (member) => gateway.forget(member),
    closeSession: (session) => gateway.closeSession(session),
    closeDevice: (session, device) => gateway.closeDevice(session, device),
  };
  const outside = { clock: tellingClock(wallClock, failed), random: Math.random };
  const bus = new LocalBus();
  const newNodeId = () => randomUUID() as NodeId;
  const log = new RoomLog({ ...outside, store, bus, newNodeId, audience, times, failed });
  const act: Act = { store, log, clock: wallClock, newClientId: () => randomUUID() as ClientId };
  const isStopping = () => state.isStopping;
  const { requestMs } = times;
  const pages = { act, files, guard, connections, tolls, paces, requestMs, port, isStopping, logger: seldom, failed };
  const http = await buildHttp(pages);
  const lastAnswers = new LastAnswers(http.server, failed);
  const gateway = new Gateway({
    ...outside,
    httpServer: http.server,
    guard,
    limits,
    tolls,
    mostConnections: mostConnectionsIn(memoryThere()),
    reached,
    times,
    logger: seldom,
    failed,
  });
  const networkOf = guard.networkOfPeer.bind(guard);
  if (limits) new OpenSockets({ limits, networkOf, isCarrying: isOfConnection, reached, failed }).watch(http.server);
  return { act, log, bus, http, gateway, lastAnswers, addresses, state };
}

async function stop({ times }: Config, logger: Logger, parts: Parts): Promise<void> {
  const { gateway, log, bus, act, state } = parts;
  state.isStopping = true;
  logger.info({ connections: gateway.size }, 'stopping');
  await gateway.drain(Math.min(times.drainMs, gateway.size * DRAIN_PER_CONNECTION_MS));
  gateway.close();
  await stopServing(parts);
  await log.stop();
  await bus.close();
  await act.store.close();
  logger.info('stopped');
}

/** Last: until then whoever balances the load hears that this server is not ready, instead of nothing. */
async function stopServing({ http, lastAnswers }: Parts): Promise<void> {
  const closed = http.close();
  await lastAnswers.given(LAST_ANSWERS_MS);
  http.server.closeAllConnections();
  await closed;
}

function listen(server: Server, { host, port }: Config): Promise<void> {
  return new Promise((resolved, rejected) => {
    server.once('error', (error) => rejected(listenProblem(error, host, port)));
    server.listen({ host, port }, resolved);
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** In bytes: of the machine, of the group that the process is in, and of the heap, which Node bounds by itself. */
function memoryThere(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Infinity, getHeapStatistics().heap_size_limit);
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
}
