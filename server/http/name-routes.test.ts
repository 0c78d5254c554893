import { describe, expect, test } from 'vitest';
import type { Address } from '../../protocol/ids.ts';
import { hashToken } from '../session-token.ts';
import { StoreUnavailable } from '../store/store.ts';
import { type Browser, openSite, type Site } from './site.contract.ts';

async function membershipsOf(site: Site, browser: Browser) {
  const session = await site.store.session(hashToken(browser.cookies.get('snug-5000') ?? ''));
  return site.store.memberships(session!.id);
}

describe('one’s names and rooms', () => {
  test('are listed with the way into each, and to giving each up', async () => {
    const site = await openSite();
    const ada = site.browser();
    await ada.post('/', { name: 'Ada', room: 'Tea & cake' });
    await ada.post('/', { name: 'Ben', room: 'Tea & cake' });
    await site.browser().post('/', { name: 'Eve', room: 'Tea & cake' });
    const { statusCode, body, headers } = await ada.get('/names');
    expect([statusCode, headers['cache-control']]).toEqual([200, 'no-store']);
    for (const { member } of await membershipsOf(site, ada)) {
      expect(body).toContain(`<bdi class="own-name">${member.name}</bdi>`);
      expect(body).toContain(`href="/chat/tea%20%26%20cake?as=${member.id}"`);
      expect(body).toContain(`href="/give-up?room=tea+%26+cake&amp;as=${member.id}"`);
    }
    expect(body).not.toContain('Eve');
    expect(body).not.toContain('<script');
  });

  test('there are none without a session, or when all are given up: that leads to the first page', async () => {
    const site = await openSite();
    const ada = site.browser();
    expect((await ada.get('/names')).headers.location).toBe('/');
    await ada.post('/', { name: 'Ada', room: 'tea' });
    const [own] = await membershipsOf(site, ada);
    await site.store.release(own!.member.id);
    const answer = await ada.get('/names');
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/']);
  });
});

describe('giving a name up', () => {
  test('N7: is asked about first, and then the name is free at once, its member out of the room, the session in its others', async () => {
    const site = await openSite();
    const [ada, eve] = [site.browser(), site.browser()];
    await ada.post('/', { name: 'Ada', room: 'tea' });
    await ada.post('/', { name: 'Ben', room: 'tea' });
    const own = (await membershipsOf(site, ada)).find(({ member }) => member.name === 'Ada')!.member;
    const asked = await ada.get(`/give-up?room=TEA&as=${own.id}`);
    expect(asked.statusCode).toBe(200);
    expect(asked.body).toMatch(/<h1>Give up the name <bdi>Ada<\/bdi> in <bdi>tea<\/bdi>\?<\/h1>/u);
    expect((await eve.post('/', { name: 'Ada', room: 'tea' })).statusCode).toBe(422);
    const answer = await ada.post('/give-up', { room: 'tea', as: own.id });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/names']);
    expect(site.asked).toEqual([`forget ${own.id}`, `takeOut ${own.id}`, `silence ${own.id}`]);
    expect((await eve.post('/', { name: 'Ada', room: 'tea' })).statusCode).toBe(303);
    expect((await membershipsOf(site, ada)).map(({ member }) => member.name)).toEqual(['Ben']);
  });

  test('is done to the name that was meant, and to no other: neither to another one’s own nor to somebody else’s', async () => {
    const site = await openSite();
    const [ada, eve] = [site.browser(), site.browser()];
    await ada.post('/', { name: 'Ada', room: 'tea' });
    await ada.post('/', { name: 'Ada', room: 'chess' });
    await eve.post('/', { name: 'Eve', room: 'tea' });
    const [inChess, inTea] = await membershipsOf(site, ada);
    const foreign = (await membershipsOf(site, eve))[0]!.member.id;
    const wrong = [
      { room: 'tea', as: foreign },
      { room: 'tea', as: inChess!.room.address === 'chess' ? inChess!.member.id : inTea!.member.id },
      { room: 'tea' },
      { as: inTea!.member.id },
      { room: 'a/b', as: inTea!.member.id },
      {},
    ] as Record<string, string>[];
    for (const form of wrong) {
      const answer = await ada.post('/give-up', form);
      expect([answer.statusCode, answer.headers.location]).toEqual([303, '/names']);
      const asked = await ada.get(`/give-up?${new URLSearchParams(form).toString()}`);
      expect([asked.statusCode, asked.headers.location]).toEqual([303, '/names']);
    }
    expect(site.asked).toEqual([]);
    expect(await membershipsOf(site, ada)).toHaveLength(2);
    expect(await membershipsOf(site, eve)).toHaveLength(1);
  });

  test('H6: no foreign page gives one’s name up', async () => {
    const site = await openSite();
    const ada = site.browser();
    await ada.post('/', { name: 'Ada', room: 'tea' });
    const as = (await membershipsOf(site, ada))[0]!.member.id;
    const answer = await ada.post('/give-up', { room: 'tea', as }, { origin: 'https://evil.example' });
    expect(answer.statusCode).toBe(403);
    expect(await membershipsOf(site, ada)).toHaveLength(1);
  });
});

describe('what the login page knows of a session', () => {
  test('point 1: its rooms, the last visited first, each a way straight in as who one was there', async () => {
    const site = await openSite();
    const ada = site.browser();
    await ada.post('/', { name: 'Ada', room: 'Tea' });
    await ada.post('/', { name: 'Ben', room: 'Tea' });
    await ada.post('/', { name: 'Ada', room: 'Chess & co' });
    const { body } = await ada.get('/');
    const members = await membershipsOf(site, ada);
    for (const { room, member } of members) {
      const as = room.address === 'tea' ? `?as=${member.id}` : '';
      expect(body).toContain(
        `href="/chat/${encodeURIComponent(room.address)}${as}" title="${room.title.replace('&', '&amp;')} as ${member.name}"`,
      );
    }
    const straight = await ada.get('/chat/chess%20%26%20co');
    expect(straight.body).toContain('data-name="Ada"');
    expect((await site.browser().get('/')).body).not.toContain('class="chip"');
  });

  test('point 1: name and room of the last time, also without scripts; a room in the address stays, with its name', async () => {
    const ada = (await openSite()).browser();
    await ada.post('/', { name: 'Ada', room: 'Tea' });
    const last = (await ada.get('/')).body;
    expect(last).toMatch(/id="name"[^>]*value="Ada"|value="Ada"[^>]*id="name"/u);
    expect(last).toMatch(/value="Tea"[^>]*id="room"|id="room"[^>]*value="Tea"/u);
    const invited = (await ada.get('/?room=Book+club')).body;
    expect(invited).toContain('value="Book club"');
    expect(invited).toContain('value="Ada"');
    await ada.post('/', { name: 'Zoe', room: 'Zoo' });
    expect((await ada.get('/?room=tea')).body).toContain('value="Ada"');
  });

  test('who is inside is told to members, and to nobody else', async () => {
    const site = await openSite();
    const [ada, eve] = [site.browser(), site.browser()];
    await ada.post('/', { name: 'Ada', room: 'tea' });
    await eve.post('/', { name: 'Eve', room: 'elsewhere' });
    const room = await site.store.room('tea' as Address);
    const own = (await membershipsOf(site, ada))[0]!.member;
    const node = 'n1' as never;
    await site.store.renewLease(node, 60_000, true);
    await site.store.append([{ kind: 'arrive', room: room!.id, by: own.id, node }]);
    const told = (await ada.get('/?room=TEA')).body;
    expect(told).toContain('1 here now');
    expect(told).toContain('<bdi title="Ada">Ada</bdi>');
    for (const stranger of [eve, site.browser()]) {
      const { body } = await stranger.get('/?room=tea');
      expect(body).toContain('class="picture"');
      expect(body).not.toContain('here now');
      expect(body).not.toContain('>Ada<');
    }
  });

  test('stays on the page when the form has a mistake, also under the token that the form has just made', async () => {
    const site = await openSite();
    const [ada, eve] = [site.browser(), site.browser()];
    await eve.post('/', { name: 'Eve', room: 'tea' });
    await ada.post('/', { name: 'Ada', room: 'chess' });
    for (const form of [
      { name: 'Eve', room: 'tea' },
      { name: '', room: 'tea' },
    ]) {
      const { statusCode, body } = await ada.post('/', form);
      expect(statusCode).toBe(422);
      expect(body).toContain('href="/chat/chess"');
      expect(body).toContain('href="/sign-out"');
    }
  });

  test('is left out while the store is away: the form is there all the same, and the offer of a room name too', async () => {
    const away = () => Promise.reject(new StoreUnavailable('away'));
    const site = await openSite({ wrap: (store) => Object.assign(store, { memberships: away }) });
    const ada = site.browser();
    await ada.post('/', { name: 'Ada', room: 'tea' });
    const { statusCode, body } = await ada.get('/?room=book+club');
    expect(statusCode).toBe(200);
    expect(body).toContain('value="book club"');
    expect((await ada.get('/?suggest=')).body).toMatch(/value="(?:[a-z]{6}-){2}[a-z]{6}"/u);
    expect(site.lines.some((line) => line.includes('without what is known'))).toBe(true);
  });

  test('asks the store nothing for whoever has no session', async () => {
    const asked = () => Promise.reject(new Error('asked'));
    const site = await openSite({
      wrap: (store) => Object.assign(store, { session: asked, memberships: asked, room: asked, here: asked }),
    });
    expect((await site.browser().get('/?room=tea')).statusCode).toBe(200);
  });
});

describe('a name for a room that is hard to guess', () => {
  test('is offered without scripts too; what was typed as a name stays, and each is another one', async () => {
    const ada = (await openSite()).browser();
    const offered = async () => {
      const { statusCode, body } = await ada.get('/?name=Ad%C3%A9&room=tea&suggest=');
      expect(statusCode).toBe(200);
      expect(body).toContain('value="Adé"');
      return /value="((?:[a-z]{6}-){2}[a-z]{6})"/u.exec(body)?.[1];
    };
    const [one, other] = [await offered(), await offered()];
    expect(one).toBeDefined();
    expect(other).not.toBe(one);
    expect(ada.cookies.get('snug-5000')).toMatch(/^new\./u);
  });
});

test('N4: two names that differ in case or only look alike are one to a room: whoever came first has it', async () => {
  const { browser } = await openSite();
  await browser().post('/', { name: 'Ian', room: 'tea' });
  // A small one; l for I; a Cyrillic a.
  for (const name of ['ian', 'IAN', 'lan', 'I\u0430n']) {
    expect([name, (await browser().post('/', { name, room: 'tea' })).statusCode]).toEqual([name, 422]);
  }
  expect((await browser().post('/', { name: 'Jan', room: 'tea' })).statusCode).toBe(303);
});
