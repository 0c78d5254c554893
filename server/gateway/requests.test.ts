import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RoomId } from '../../protocol/ids.ts';
import { JOIN_MAX_MISSED, MAX_ITEMS } from '../../protocol/limits.ts';
import { MAX_RUNNING } from './inbox.ts';
import { type Client, itemOf, KEY, LiveChat } from './live-chat.contract.ts';

let chat: LiveChat;
let ada: Client;
const room = 'lobby';

beforeEach(async () => {
  chat = await LiveChat.start();
  ada = await chat.person('Ada', 'Lobby');
});
afterEach(() => chat.close());

const refusedAs = (code: string) => expect.objectContaining({ ok: false, code, message: expect.any(String) });
/** As a client that knows nothing of our types would. */
const raw = (name: string, ...args: unknown[]): Promise<unknown> => ada.socket.emitWithAck(name, ...args);

describe('R2: what is not of the form that the protocol asks for is refused', () => {
  test.each<[string, unknown[]]>([
    ['no request at all', ['join']],
    ['null', ['join', null]],
    ['a number', ['message', 7]],
    ['an array', ['message', [{ room }]]],
    ['an unknown key', ['leave', { room, quietly: true }]],
    ['a key named __proto__', ['leave', JSON.parse('{"room":"lobby","__proto__":{"x":1}}')]],
    ['a missing key', ['react', { room, target: 1, clientId: itemOf('').clientId }]],
    ['a client id that is no UUID', ['message', { room, items: [{ clientId: '1', text: 'x' }] }]],
    ['a seq below one', ['edit', { room, target: 0, clientId: itemOf('').clientId, text: 'x' }]],
    ['a seq that no number can hold', ['catchUp', { room, after: 1e300 }]],
    ['no items', ['message', { room, items: [] }]],
    ['too many items', ['message', { room, items: Array.from({ length: MAX_ITEMS + 1 }, () => itemOf('x')) }]],
    ['binary', ['message', { room, items: [{ clientId: itemOf('').clientId, text: Buffer.from('x') }] }]],
    ['binary alone', ['message', Buffer.from('hello')]],
    ['too deep', ['join', { room, after: [[[[[[1]]]]]] }]],
    ['two requests', ['leave', { room }, { room }]],
    ['an event that is not there', ['shout', { room }]],
    ['a name that every object has', ['constructor', { room }]],
    ['a name that changes objects', ['__proto__', { room }]],
    ['an event of ours', ['change', { room }]],
    ['an event of Socket.IO’s', ['error', { room }]],
    ['an event without a name', ['', { room }]],
  ])('R2: %s', async (_, [name, ...args]) => {
    expect(await raw(String(name), ...args)).toEqual(refusedAs('invalid'));
    expect(await ada.ask('catchUp', { room, after: 0 })).toMatchObject({ ok: true, head: 1 });
  });

  test('R2: an event whose name is a number', async () => {
    ada.socket.io.engine.write('2/chat,[7,{"room":"lobby"}]');
    await ada.granted('message', { room, items: [itemOf('still here')] });
  });
});

describe('R1: the acknowledgement', () => {
  test('R1: without one the request is carried out, and nothing is harmed', async () => {
    ada.socket.emit('message', { room, items: [itemOf('no answer')] });
    await ada.hears('Ada: no answer');
    for (const wrong of [7, 'reply', null, {}]) ada.socket.emit('message', { room, items: [itemOf('wrong')] }, wrong);
    ada.socket.emit('message');
    ada.socket.emit('shout');
    await ada.granted('message', { room, items: [itemOf('after')] });
    await ada.hears('Ada: after');
    expect(ada.story).not.toContain('Ada: wrong');
  });

  test('R1: an answer to a question that nobody asked harms nothing', async () => {
    ada.socket.io.engine.write('3/chat,99["what"]');
    await ada.granted('message', { room, items: [itemOf('after')] });
  });
});

describe('messages', () => {
  test('go to everybody in the room, and to nobody else', async () => {
    const [eve, other] = [await chat.person('Eve', room), await chat.person('Zoe', 'elsewhere')];
    await ada.granted('message', { room: ' LOBBY ', items: [itemOf('hello'), itemOf('there')] });
    await eve.hears('Ada: there');
    await ada.hears('Ada: there');
    await other.granted('message', { room: 'elsewhere', items: [itemOf('alone')] });
    await other.hears('Zoe: alone');
    expect(eve.story).toEqual(['Eve connects', 'Ada: hello', 'Ada: there']);
    expect(other.story).toEqual(['Zoe connects', 'Zoe: alone']);
  });

  test('of two scripts and a browser reach each other', async () => {
    const one = await chat.script({ name: 'One', room, key: KEY });
    const two = await chat.script({ name: 'Two', room });
    await one.granted('message', 'from one');
    await two.granted('message', 'from two');
    await ada.granted('message', { room, items: [itemOf('from Ada')] });
    const last = ['One: from one', 'Two: from two', 'Ada: from Ada'];
    for (const client of [one, two, ada]) {
      await client.hears('Ada: from Ada');
      expect(client.story.slice(-3)).toEqual(last);
    }
  });

  test('R1: a plain string from a browser has no room to go to', async () => {
    expect(await raw('message', 'hello')).toEqual(refusedAs('invalid'));
  });

  test('a room named like somebody’s socket hears nothing of theirs', async () => {
    const id = ada.socket.id ?? '';
    const eve = await chat.person('Eve', id.toLowerCase());
    await chat.person('Zoe', 'zoe');
    await eve.granted('message', { room: id, items: [itemOf('anybody?')] });
    await ada.granted('message', { room, items: [itemOf('hello')] });
    await ada.hears('Ada: hello');
    // Not even if the store gave a room that id.
    chat.gateway.deliver(id as RoomId, eve.heard);
    await ada.granted('rooms', {});
    expect(ada.story).toEqual(['Ada connects', 'Ada: hello']);
    expect(eve.story).toEqual(['Eve connects', 'Eve: anybody?']);
  });

  test('L3, L4: a retry on a new connection is answered with the seq it had, also by one who is not in the room', async () => {
    const request = { room, items: [itemOf('once')] };
    const [stored] = (await ada.granted('message', request)).results;
    const again = await chat.tab(await chat.browser());
    expect((await again.granted('message', request)).results).toEqual([{ ...stored, duplicate: true }]);
    expect((await again.granted('message', { room, items: [itemOf('never')] })).results).toMatchObject([
      { code: 'notMember' },
    ]);
  });

  test('R5: are stored in the order in which one connection sent them, without waiting', async () => {
    const texts = Array.from({ length: 60 }, (_, i) => `text ${i}`);
    // Every third has an item that has to be looked up before it is refused.
    const all = texts.map((text, i) =>
      ada.ask('message', { room, items: i % 3 === 0 ? [itemOf(''), itemOf(text)] : [itemOf(text)] }),
    );
    await Promise.all(all);
    await ada.hears('Ada: text 59');
    expect(ada.story.slice(1)).toEqual(texts.map((text) => `Ada: ${text}`));
  });
});

test('changes and new names arrive as `change`, and are in the page of whoever comes later', async () => {
  const eve = await chat.person('Eve', room);
  const [said] = (await ada.granted('message', { room, items: [itemOf('helo'), itemOf('oops')] })).results;
  const target = said && 'seq' in said ? said.seq : 0;
  const change = () => ({ room, target, clientId: itemOf('').clientId });
  await ada.granted('edit', { ...change(), text: 'hello' });
  await eve.granted('react', { ...change(), emoji: '👋' });
  await ada.granted('delete', { ...change(), target: target + 1 });
  await ada.granted('rename', { room, name: 'Grace' });
  await eve.hears('Ada is now Grace');
  expect(eve.story.slice(-4)).toEqual([
    `Ada edits ${target}: hello`,
    `Eve reacts ${target} 👋`,
    `Ada deletes ${target + 1}`,
    'Ada is now Grace',
  ]);
  const page = await (await chat.person('Zoe', room)).granted('history', { room });
  expect(page.entries).toMatchObject([
    { text: 'hello', by: { name: 'Ada' }, reactions: [{ emoji: '👋', by: [{ name: 'Eve' }] }] },
    { text: '', deleted: true },
  ]);
  expect(await eve.ask('edit', { ...change(), text: 'mine' })).toEqual(refusedAs('forbidden'));
  expect(await eve.ask('delete', change())).toEqual(refusedAs('forbidden'));
});

describe('coming back', () => {
  test('C2: brings what was missed', async () => {
    const browser = await chat.browser({ name: 'Eve', room });
    const first = await chat.tab(browser);
    const { head, headId } = await first.granted('join', { room });
    first.socket.disconnect();
    await ada.granted('message', { room, items: [itemOf('missed')] });
    const second = await chat.tab(browser);
    const reply = await second.granted('join', { room, after: [head, headId] });
    expect(reply).toMatchObject({ reset: false, entries: [{ text: 'missed' }] });
    expect(reply.here.map(({ name }) => name).sort()).toEqual(['Ada', 'Eve']);
  });

  test('C2, C3: too far back join starts over, and catchUp reads on', async () => {
    for (let i = 0; i < JOIN_MAX_MISSED; i += MAX_ITEMS) {
      await ada.granted('message', {
        room,
        items: Array.from({ length: MAX_ITEMS }, (_, n) => itemOf(`text ${i + n}`)),
      });
    }
    expect(await ada.granted('join', { room, after: [0, ''] })).toMatchObject({
      reset: true,
      head: JOIN_MAX_MISSED + 1,
    });
    const since = await ada.granted('catchUp', { room, after: 0 });
    expect(since).toMatchObject({ reset: false });
    expect(since.entries).toHaveLength(JOIN_MAX_MISSED);
  });

  test('C4: to another history starts over', async () => {
    expect(await ada.granted('join', { room, after: [1, 'another'] })).toMatchObject({ reset: true });
    expect(await ada.granted('catchUp', { room, after: 1, id: 'another' })).toMatchObject({ reset: true });
    expect(await ada.granted('catchUp', { room, after: 77 })).toMatchObject({ reset: true });
  });
});

test.each(['a/b', '..', '.', 'why?', '~abcdefghijklmnopqrstuvwxyz', 'nowhere'])(
  'nobody is in a room called %s',
  async (name) => {
    for (const request of ['join', 'leave', 'history'] as const) {
      expect(await ada.ask(request, { room: name })).toEqual(refusedAs('notMember'));
    }
  },
);

test('more requests than one connection may have running are refused as busy, and the others are answered', async () => {
  const open = chat.store.shut('append');
  const asked = Array.from({ length: MAX_RUNNING + 2 }, (_, i) =>
    ada.ask('message', { room, items: [itemOf(`text ${i}`)] }),
  );
  expect(await asked.at(-1)).toMatchObject({ ok: false, code: 'busy', retryAfter: expect.any(Number) });
  open();
  const replies = await Promise.all(asked);
  expect(replies.filter(({ ok }) => ok)).toHaveLength(MAX_RUNNING);
});

test('1,000 messages of 10 scripts at once: everybody holds the same', async () => {
  const names = Array.from({ length: 10 }, (_, i) => `Script ${i}`);
  const scripts = await Promise.all(names.map((name) => chat.script({ name, room: 'storm' })));
  const texts = Array.from({ length: 100 }, (_, i) => String(i));
  await Promise.all(scripts.flatMap((script) => texts.map((text) => script.granted('message', text))));
  const { head } = await scripts[0]!.granted('catchUp', { room: 'storm', after: 0 });
  expect(head).toBe(1_010);
  const said = await Promise.all(
    scripts.map(async (script) => {
      await Promise.all(names.map((name) => script.hears(`${name}: 99`)));
      return script.story.filter((line) => !line.endsWith('connects'));
    }),
  );
  expect(said[0]).toHaveLength(1_000);
  for (const one of said) expect(one).toEqual(said[0]);
  for (const name of names)
    expect(said[0]?.filter((line) => line.startsWith(`${name}:`))).toEqual(texts.map((text) => `${name}: ${text}`));
});
