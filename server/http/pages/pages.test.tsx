import { describe, expect, test } from 'vitest';
import type { Address, DeviceId, MemberId } from '../../../protocol/ids.ts';
import { NAME_MAX_BYTES, ROOM_NAME_MAX_BYTES } from '../../../protocol/limits.ts';
import { renderChat } from './chat-page.tsx';
import { renderCode } from './code-page.tsx';
import { renderComeAlong } from './come-along-page.tsx';
import { renderDevices } from './devices-page.tsx';
import { renderError } from './error-page.tsx';
import { renderGiveUp } from './give-up-page.tsx';
import { type LoginPage, renderLogin } from './login-page.tsx';
import { renderNames } from './names-page.tsx';
import { renderSignOut } from './sign-out-page.tsx';

const assets = { styles: ['/assets/a.css'], script: '/assets/a.js', preloads: ['/assets/b.js'] };
const HOSTILE = `"><script>alert(1)</script><img src=x onerror='x'>&amp;`;

const own = {
  room: HOSTILE as Address,
  title: HOSTILE,
  member: HOSTILE as MemberId,
  name: HOSTILE,
  path: '/chat/x',
  isHere: true,
};

function login(page: Partial<LoginPage> = {}): string {
  return renderLogin({ assets, name: '', room: '', problems: {}, ...page });
}

/** The opening tag that has this attribute. */
function tagWith(html: string, attribute: string): string {
  return html.match(new RegExp(`<[^<>]*${attribute}[^<>]*>`, 'u'))?.[0] ?? '';
}

describe('every page', () => {
  const pages = [
    [
      'login',
      login({
        name: HOSTILE,
        room: HOSTILE,
        problems: { name: HOSTILE, room: HOSTILE, form: HOSTILE },
        recent: [{ room: HOSTILE as Address, title: HOSTILE, name: HOSTILE, path: '/chat/x' }],
        inside: { title: HOSTILE, count: 1, people: [{ id: HOSTILE as MemberId, name: HOSTILE, isOwn: true }] },
        hasSession: true,
        isSignedOut: true,
      }),
    ],
    ['names', renderNames({ assets, theme: undefined, names: [own] })],
    ['giving a name up', renderGiveUp({ assets, theme: undefined, own })],
    [
      'devices',
      renderDevices({
        assets,
        theme: undefined,
        devices: [
          { id: HOSTILE as DeviceId, name: HOSTILE, isThis: true, hours: 0 },
          { id: HOSTILE as DeviceId, name: HOSTILE, isThis: false, hours: 3 },
        ],
        most: 10,
      }),
    ],
    ['a code', renderCode({ assets, theme: undefined, link: HOSTILE, typed: HOSTILE, minutes: 10 })],
    ['coming along', renderComeAlong({ assets, theme: undefined, link: HOSTILE, problem: HOSTILE, names: [own] })],
    ['typing a code', renderComeAlong({ assets, theme: undefined, typed: HOSTILE, problem: HOSTILE, names: [own] })],
    ['signing out', renderSignOut({ assets, theme: undefined, names: [own], others: 1 })],
    [
      'chat',
      renderChat({ assets, room: HOSTILE as Address, title: HOSTILE, memberName: HOSTILE, as: HOSTILE as MemberId }),
    ],
    ['error', renderError({ assets, status: 500 })],
  ] as const;

  test.each(pages)(
    '%s is a whole document with a language, a title, an icon and a viewport that can be zoomed',
    (_, html) => {
      expect(html).toMatch(/^<!doctype html><html lang="en">/u);
      expect(html).toMatch(/<title>[^<]+ · Snug<\/title>/u);
      expect(html).toContain('href="/favicon.svg"');
      expect(tagWith(html, 'name="viewport"')).toContain('width=device-width');
      expect(html).not.toMatch(/user-scalable|maximum-scale/u);
    },
  );

  test.each(pages)('%s has the navigation bar', (_, html) => {
    expect(tagWith(html, 'class="navigation-bar"')).toMatch(/^<nav /u);
    expect(html).toContain('>Join a room</a>');
    expect(html).toContain('>Chat</a>');
  });

  test.each(pages)(
    '%s has no inline script, no inline style and no handler, whatever people call themselves',
    (_, html) => {
      expect(html).not.toMatch(/<script(?![^>]* src=")/u);
      expect(html).not.toContain('alert(1)</script>');
      expect(html).not.toMatch(/<img|<style/u);
      expect(html).not.toMatch(/<[^<>"]*(?:"[^"]*"[^<>"]*)*\s(?:style|on[a-z]+)=/u);
    },
  );
});

describe('the login page', () => {
  test('is a plain form that a browser without scripts can send', () => {
    const html = login();
    expect(tagWith(html, 'id="join"')).toMatch(/<form [^>]*method="post" action="\/"/u);
    expect(tagWith(html, 'name="name"')).toContain('id="name"');
    expect(tagWith(html, 'name="room"')).toContain('id="room"');
    expect(html).toContain('<label for="name">');
    expect(html).toContain('<label for="room">');
    expect(html).toContain('type="submit"');
    expect(html).toContain('as private as its name is hard to guess');
  });

  test('N1 N5: no field cuts a name short that the rules allow', () => {
    const most = (name: string) => Number(tagWith(login(), `name="${name}"`).match(/maxlength="(\d+)"/iu)?.[1]);
    expect(most('name')).toBeGreaterThanOrEqual(NAME_MAX_BYTES);
    expect(most('room')).toBeGreaterThanOrEqual(ROOM_NAME_MAX_BYTES);
  });

  test('shows the reason beside the field it concerns and keeps what was typed', () => {
    const html = login({ name: 'Ada', room: 'a/b', problems: { room: 'No slash, please.' } });
    const room = tagWith(html, 'name="room"');
    expect(room).toContain('aria-invalid="true"');
    expect(room).toContain('aria-describedby="room-problem room-hint"');
    expect(room).toContain('value="a/b"');
    expect(html).toContain('id="room-problem">No slash, please.<');
    const name = tagWith(html, 'name="name"');
    expect(name).not.toContain('aria-invalid');
    expect(name).toContain('value="Ada"');
    expect(html).toContain('id="name-problem"><');
  });

  test('says aloud what concerns no single field', () => {
    expect(tagWith(login({ problems: { form: 'Too many at once.' } }), 'form-problem')).toContain('role="alert"');
    expect(login()).not.toContain('role="alert"');
  });

  test.each([
    ['the first field in error', { name: 'Ada', room: '%', problems: { room: 'no' } }, 'room'],
    ['the name, when both are in error', { name: '', room: '', problems: { name: 'no', room: 'no' } }, 'name'],
    ['the name, when the address filled in the room', { room: 'Tea' }, 'name'],
    ['the room, when only the name is known', { name: 'Ada' }, 'room'],
    ['the name, when nothing is filled in', {}, 'name'],
  ] as const)('puts the focus on %s', (_, page, field) => {
    const html = login(page);
    expect(html.match(/autofocus/giu)).toHaveLength(1);
    expect(tagWith(html, `name="${field}"`)).toMatch(/autofocus/iu);
  });

  test('point 1: leads back into rooms by plain links that say as whom one comes in', () => {
    const html = login({
      recent: [
        { room: 'tea & cake' as Address, title: 'Tea & Cake', name: 'Ada', path: '/chat/tea%20%26%20cake' },
        { room: 'chess' as Address, title: 'Chess', name: 'Ben', path: '/chat/chess?as=m2' },
      ],
    });
    const chip = tagWith(html, 'data-room="tea &amp; cake"');
    expect(chip).toContain('href="/chat/tea%20%26%20cake"');
    expect(chip).toContain('title="Tea &amp; Cake as Ada"');
    expect(html).toMatch(/<bdi[^>]*>Tea &amp; Cake<\/bdi> <span[^>]*>as <bdi>Ada<\/bdi>/u);
    expect(tagWith(html, 'data-room="chess"')).toContain('href="/chat/chess?as=m2"');
    expect(tagWith(html, 'id="recent"')).not.toContain('hidden');
    expect(tagWith(login(), 'id="recent"')).toContain('hidden');
  });

  test('Enter in a field joins: the offer of a room name is not the first button of the form, and changes nothing', () => {
    const buttons = login().match(/<button[^>]*>/gu) ?? [];
    expect(buttons).toHaveLength(2);
    expect(buttons[0]).not.toContain('name=');
    expect(buttons[1]).toMatch(/name="suggest"/u);
    expect(buttons[1]).toMatch(/formmethod="get"/iu);
  });

  test('says who is in the room beside the form, up to as many as the form is high; else it is a quiet picture', () => {
    const people = Array.from({ length: 15 }, (_, n) => ({ id: `m${n}` as MemberId, name: `P${n}`, isOwn: n === 0 }));
    const html = login({ inside: { title: 'Tea', count: 15, people } });
    expect(html).toContain('15 here now');
    expect(html.match(/<bdi title="P\d+">/gu)).toHaveLength(12);
    expect(html).toContain('<bdi title="P0">P0</bdi> <span class="hint">you</span>');
    expect(html).toContain('and 3 more');
    expect(html).not.toContain('class="picture"');
    expect(login({ inside: { title: 'Tea', count: 0, people: [] } })).toContain('Nobody here now');
    // Of a crowd no more come than are shown.
    expect(login({ inside: { title: 'Tea', count: 5_000, people: people.slice(0, 12) } })).toContain('and 4988 more');
    expect(tagWith(login(), 'class="picture"')).toContain('aria-hidden="true"');
  });

  test('leads to one’s names and to signing out where there is a session, and only there', () => {
    const html = login({ hasSession: true });
    for (const path of ['/names', '/sign-out']) {
      expect(html).toContain(`href="${path}"`);
      expect(login()).not.toContain(`href="${path}"`);
    }
  });

  test('says once that one is signed out', () => {
    expect(tagWith(login({ isSignedOut: true }), 'id="signed-out"')).toContain('role="status"');
    expect(login()).not.toContain('signed-out');
  });
});

describe('signing out and giving up', () => {
  const names = Array.from({ length: 9 }, (_, n) => ({
    ...own,
    member: `m${n}` as MemberId,
    name: `P${n}`,
    title: 'Tea',
  }));

  test('is asked in words before it is done, in a form that needs no script', () => {
    const html = renderSignOut({ assets, theme: undefined, names, others: 0 });
    expect(html).toMatch(/<form [^>]*method="post" action="\/sign-out"/u);
    expect(html).toContain('Your names are free at once');
    expect(html).toContain('<bdi class="own-name">P0</bdi> in <bdi>Tea</bdi>');
    expect(html).toContain('and 3 more');
    expect(html).toContain('What you wrote stays in the rooms.');
    expect(tagWith(html, 'id="unsent"')).toContain('role="status"');
    const giveUp = renderGiveUp({ assets, theme: undefined, own });
    expect(giveUp).toMatch(/<form [^>]*method="post" action="\/give-up"/u);
    expect(giveUp).toContain('It is free at once');
    expect(giveUp).toContain('href="/names"');
  });

  test('only a name that is in its room can leave it', () => {
    const [one, two] = [
      { ...names[0]!, isHere: true },
      { ...names[1]!, isHere: false },
    ];
    const html = renderNames({ assets, theme: undefined, names: [one, two] });
    expect(html.match(/action="\/leave"/gu)).toHaveLength(1);
    expect(html).toContain('name="as" value="m0"');
    expect(html.match(/href="\/give-up\?/gu)).toHaveLength(2);
  });
});

describe('the chat page', () => {
  const html = renderChat({ assets, room: 'tea' as Address, title: 'Tea', memberName: 'Ada', as: 'm1' as MemberId });

  test('tells its script the room and the member in data attributes', () => {
    const root = tagWith(html, 'id="chat"');
    expect(root).toContain('data-room="tea"');
    expect(root).toContain('data-title="Tea"');
    expect(root).toContain('data-name="Ada"');
    expect(root).toContain('data-as="m1"');
    expect(renderChat({ assets, room: 'tea' as Address, title: 'Tea', memberName: 'Ada' })).not.toContain('data-as');
  });

  test('loads its script as a module with what that imports, and says what is missing without scripts', () => {
    expect(html).toContain('<script type="module" src="/assets/a.js">');
    expect(html).toContain('<link rel="modulepreload" href="/assets/b.js"');
    expect(html).toContain('<link rel="stylesheet" href="/assets/a.css"');
    expect(html).toMatch(/<noscript>.*needs JavaScript.*<\/noscript>/u);
  });
});

describe('the error page', () => {
  test.each([400, 403, 404, 413, 429, 500, 503])(
    'says what happened and what to do for %i, without a script',
    (status) => {
      const html = renderError({ assets, status });
      expect(html).toMatch(/<h1>[^<]{10,}<\/h1><p>[^<]{20,}<\/p>/u);
      expect(html).toContain('href="/"');
      expect(html).not.toContain('<script');
    },
  );
});
