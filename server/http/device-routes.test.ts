import { describe, expect, test } from 'vitest';
import { MAX_DEVICES_PER_SESSION } from '../../protocol/limits.ts';
import { hashToken } from '../session-token.ts';
import { type Browser, openSite, type Site } from './site.contract.ts';

const FIREFOX = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0' };

function tokenOf(browser: Browser): string {
  return browser.cookies.get('snug-5000') ?? '';
}

async function sessionOf(site: Site, browser: Browser) {
  return site.store.session(hashToken(tokenOf(browser)));
}

/** What the page shows that a code was made on. */
async function codeOf(browser: Browser): Promise<{ link: string; typed: string }> {
  const { statusCode, body } = await browser.post('/take-along', {});
  expect(statusCode).toBe(200);
  const link = /id="link">http:\/\/localhost:5000\/come-along\/([0-9a-z]{26})</u.exec(body)?.[1] ?? '';
  const typed = /id="typed">([0-9A-Z]{4}-[0-9A-Z]{4})</u.exec(body)?.[1] ?? '';
  return { link, typed };
}

/** One more device of this browser's session. */
async function along(site: Site, browser: Browser): Promise<Browser> {
  const other = site.browser();
  const { link } = await codeOf(browser);
  expect((await other.post('/come-along', { link })).headers.location).toBe('/names');
  return other;
}

async function withAda(): Promise<{ site: Site; ada: Browser }> {
  const site = await openSite();
  const ada = site.browser();
  await ada.post('/', { name: 'Ada', room: 'Tea' }, FIREFOX);
  return { site, ada };
}

describe('the page of devices', () => {
  test('H8: names each device, says which is this one, and offers to sign the others out', async () => {
    const { site, ada } = await withAda();
    const alone = (await ada.get('/devices')).body;
    expect(alone).toContain('Firefox on Linux');
    expect(alone).toContain('This device.');
    expect(alone).not.toContain('Sign out');
    const phone = await along(site, ada);
    const { body } = await phone.get('/devices');
    expect(body.match(/Sign out there/gu)).toHaveLength(1);
    expect(body).toContain('Last used in the last hour.');
    expect(body).toContain('Sign out everywhere else');
    expect((await phone.get('/names')).body).toContain('<bdi class="own-name">Ada</bdi>');
  });

  test('leads to the first page without a session', async () => {
    const nobody = (await openSite()).browser();
    for (const [path, leads] of [
      ['/take-along', '/devices'],
      ['/sign-out-there', '/devices'],
      ['/sign-out-others', '/devices'],
    ] as const)
      expect((await nobody.post(path, { device: 'x' })).headers.location).toBe(leads);
    expect((await nobody.get('/devices')).headers.location).toBe('/');
  });

  test('H8: signing one out ends it and closes what it has open; the other one stays', async () => {
    const { site, ada } = await withAda();
    const phone = await along(site, ada);
    const { device } = (await sessionOf(site, phone))!;
    const answer = await ada.post('/sign-out-there', { device });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/devices']);
    expect(site.asked).toEqual([`close ${device}`]);
    expect(await sessionOf(site, phone)).toBeUndefined();
    expect((await phone.get('/names')).headers.location).toBe('/');
    expect((await ada.get('/names')).statusCode).toBe(200);
    expect(await site.store.memberships((await sessionOf(site, ada))!.id)).toHaveLength(1);
  });

  test('H8: signs out nobody else’s device, and this one only where it is asked about', async () => {
    const { site, ada } = await withAda();
    const eve = site.browser();
    await eve.post('/', { name: 'Eve', room: 'Tea' });
    const own = (await sessionOf(site, eve))!.device;
    const adas = (await sessionOf(site, ada))!.device;
    for (const device of [adas, '', 'none', '\u202e'.repeat(99)]) await eve.post('/sign-out-there', { device });
    expect((await eve.post('/sign-out-there', { device: own })).headers.location).toBe('/sign-out');
    expect(site.asked).toEqual([]);
    for (const browser of [ada, eve]) expect(await sessionOf(site, browser)).toBeDefined();
  });

  test('H8: signing out everywhere else leaves this one alone', async () => {
    const { site, ada } = await withAda();
    const others = [await along(site, ada), await along(site, ada)];
    const { link } = await codeOf(others[0]!);
    await ada.post('/sign-out-others', {});
    expect(site.asked).toHaveLength(2);
    for (const other of others) expect(await sessionOf(site, other)).toBeUndefined();
    expect(await sessionOf(site, ada)).toBeDefined();
    expect((await site.browser().post('/come-along', { link })).statusCode).toBe(422);
  });

  test('H8: offers no more devices than there may be', async () => {
    const { site, ada } = await withAda();
    for (let n = 1; n < MAX_DEVICES_PER_SESSION; n += 1) await along(site, ada);
    expect((await ada.get('/devices')).body).toContain(`You have ${MAX_DEVICES_PER_SESSION} devices`);
    expect((await ada.post('/take-along', {})).headers.location).toBe('/devices');
  });

  test('H6: no foreign page makes a code or signs a device out', async () => {
    const { site, ada } = await withAda();
    const phone = await along(site, ada);
    const { device } = (await sessionOf(site, phone))!;
    for (const path of ['/take-along', '/sign-out-there', '/sign-out-others', '/come-along'])
      expect((await ada.post(path, { device }, { origin: 'https://evil.example' })).statusCode).toBe(403);
    expect(await sessionOf(site, phone)).toBeDefined();
  });
});

describe('signing out of a browser', () => {
  test('H8: with others signed in, is of this one alone, and no name is free', async () => {
    const { site, ada } = await withAda();
    const phone = await along(site, ada);
    const { id, device } = (await sessionOf(site, phone))!;
    const asked = (await phone.get('/sign-out')).body;
    expect(asked).toContain('You stay signed in on your other device, with all your names.');
    const answer = await phone.post('/sign-out', {});
    expect([answer.headers.location, answer.headers['clear-site-data']]).toEqual(['/', '"storage"']);
    expect(site.asked).toEqual([`close ${device}`]);
    expect(await site.store.memberships(id)).toHaveLength(1);
    expect((await site.browser().post('/', { name: 'Ada', room: 'tea' })).statusCode).toBe(422);
    expect(await sessionOf(site, ada)).toBeDefined();
  });

  test('N7 H8: everywhere ends all devices, and the names are free', async () => {
    const { site, ada } = await withAda();
    const phone = await along(site, ada);
    const { id } = (await sessionOf(site, phone))!;
    await phone.post('/sign-out', { everywhere: 'yes' });
    expect(site.asked).toContain(`close ${id}`);
    expect(await sessionOf(site, ada)).toBeUndefined();
    expect((await site.browser().post('/', { name: 'Ada', room: 'tea' })).statusCode).toBe(303);
  });

  test('N7 H8: of the last device is signing out', async () => {
    const { site, ada } = await withAda();
    const phone = await along(site, ada);
    await ada.post('/sign-out', {});
    expect((await phone.get('/sign-out')).body).toContain('Your names are free at once');
    await phone.post('/sign-out', {});
    expect((await site.browser().post('/', { name: 'Ada', room: 'tea' })).statusCode).toBe(303);
  });
});
