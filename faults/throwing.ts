import { randomUUID } from 'node:crypto';
import type { ClientId } from '../protocol/ids.ts';
import type { ReplyTo, RequestName } from '../protocol/requests.ts';
import { Crowd } from './crowd.ts';
import { callsOf, Failpoints } from './failpoints.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import type { Person } from './person.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { until } from './waiting.ts';

const ANSWERED_WITHIN_MS = 5_000;
const ROOM = 'tried';

export const throwing: Fault = {
  id: 'F23',
  title: 'a throw in every function of the rules, each in turn, by failpoints',
  figure: 'that request is refused, the process lives',
  needs: [],
  rounds: 1,
  quickRounds: 1,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const failpoints = new Failpoints(site);
  const call = { folder: site.newFolder(), port: await freePort(), ...failpoints.call };
  const server = await ServerProcess.start(site, call);
  const witnesses = await Crowd.of(site, { at: server, size: 2, called: 'Witness' }).comeIn();
  const names = [...failpoints.below('rooms'), ...failpoints.in('gateway/paced-acts')];
  const unreached: string[] = [];
  let thrown = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const [n, name] of names.entries()) {
      const crowd = await Crowd.of(site, {
        at: server,
        size: 1,
        room: ROOM,
        called: `Tried ${round} ${n} at`,
      }).comeIn();
      const armed = { what: 'throw', point: name } as const;
      failpoints.arm(armed);
      const before = callsOf(server, armed).length;
      const refused = await tryAll(crowd.people, server, findings, name);
      const times = callsOf(server, armed).length - before;
      failpoints.arm();
      thrown += times;
      if (times === 0) unreached.push(name);
      else if (refused === 0) findings.broke(`${name} threw, and nothing was refused`);
      for (const person of witnesses.people) person.say(`after ${name}`);
      findings.within(
        ANSWERED_WITHIN_MS,
        await witnesses.caughtUp(ANSWERED_WITHIN_MS),
        `after ${name} others could talk`,
      );
      crowd.close();
      findings.runs += 1;
      if (server.hasEnded) throw new Error(`I8: a throw in ${name} ended the server:\n${server.stderr.slice(-2_000)}`);
    }
  }
  await witnesses.judge(findings, server.origin);
  findings.broke(
    ...server.complaints().filter((complaint) => /stack|foresaw/u.test(complaint) && !/request/u.test(complaint)),
  );
  findings.note(`${names.length} functions threw ${thrown} times; never reached: ${unreached.join(', ') || 'none'}`);
}

/** Every request, page and way in. How many were refused. */
async function tryAll(
  [person]: readonly Person[],
  server: ServerProcess,
  findings: Findings,
  name: string,
): Promise<number> {
  if (!person) return 0;
  let refused = 0;
  for (const ask of everything(person)) {
    const since = performance.now();
    const reply = await ask();
    if (reply === undefined) findings.broke(`R1: with a throw in ${name} a request was not answered`);
    if (reply?.ok === false) refused += 1;
    if (performance.now() - since > ANSWERED_WITHIN_MS) findings.broke(`with a throw in ${name} an answer came late`);
  }
  for (const status of await statusesOf(server)) {
    if (status === 0) findings.broke(`with a throw in ${name} a page was not answered`);
    if (status >= 400) refused += 1;
  }
  const visitor = person.another(`${person.name}, too`);
  visitor.open();
  // It may be let in, be refused, or be left to try again.
  await until(() => visitor.isIn || visitor.losses > 0 || visitor.ended !== undefined, ANSWERED_WITHIN_MS);
  if (!visitor.isIn) refused += 1;
  visitor.close();
  return refused;
}

function everything(person: Person): (() => Promise<ReplyTo<RequestName> | undefined>)[] {
  const clientId = () => randomUUID() as ClientId;
  const mine = clientId();
  const room = ROOM;
  return [
    () => person.ask('join', { room }),
    () => person.ask('join', { room, after: [1, ''] }),
    () => person.ask('message', { room, items: [{ clientId: mine, text: 'one' }] }),
    () => person.ask('message', 'a plain string'),
    () => person.ask('edit', { room, target: mine, clientId: clientId(), text: 'two' }),
    () => person.ask('react', { room, target: mine, clientId: clientId(), emoji: '👍' }),
    () => person.ask('unreact', { room, target: mine, clientId: clientId(), emoji: '👍' }),
    () => person.ask('delete', { room, target: mine, clientId: clientId() }),
    () => person.ask('catchUp', { room, after: 0 }),
    () => person.ask('history', { room }),
    () => person.ask('here', { room }),
    () => person.ask('read', { room, seq: 1 }),
    () => person.ask('typing', { room }),
    () => person.ask('rename', { room, name: `${person.name} again` }),
    () => person.ask('rooms', {}),
    () => person.ask('leave', { room }),
  ];
}

/** 0: no answer. */
async function statusesOf({ origin }: ServerProcess): Promise<number[]> {
  const form = (fields: Record<string, string>) => ({
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { Origin: origin },
    redirect: 'manual' as const,
  });
  const asks: [string, RequestInit][] = [
    ['/', {}],
    [`/chat/${ROOM}`, {}],
    ['/', form({ name: `Page ${randomUUID().slice(0, 8)}`, room: ROOM })],
  ];
  return Promise.all(
    asks.map(async ([path, init]) => {
      try {
        const answer = await fetch(origin + path, { ...init, signal: AbortSignal.timeout(ANSWERED_WITHIN_MS) });
        await answer.arrayBuffer();
        return answer.status;
      } catch {
        return 0;
      }
    }),
  );
}
