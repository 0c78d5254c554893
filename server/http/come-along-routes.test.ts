import { describe, expect, test } from 'vitest';
import { LIMITS } from '../limits/limits.ts';
import { Tolls } from '../limits/tolls.ts';
import { hashToken } from '../session-token.ts';
import { StoreUnavailable } from '../store/store.ts';
import { type Browser, openSite, type Site, type SiteOptions } from './site.contract.ts';

async function sessionOf(site: Site, browser: Browser) {
  return site.store.session(hashToken(browser.cookies.get('snug-5000') ?? ''));
}

async function codeOf(browser: Browser): Promise<{ link: string; typed: string }> {
  const { body } = await browser.post('/take-along', {});
  return {
    link: /\/come-along\/([0-9a-z]{26})</u.exec(body)?.[1] ?? '',
    typed: /id="typed">([^<]+)</u.exec(body)?.[1] ?? '',
  };
}

async function withAda(options: SiteOptions = {}): Promise<{ site: Site; ada: Browser }> {
  const site = await openSite(options);
  const ada = site.browser();
  await ada.post('/', { name: 'Ada', room: 'Tea' });
  return { site, ada };
}

describe('coming along', () => {
  test('H9: the page of a link asks first, says nothing of whose it is, and uses nothing up', async () => {
    const { site, ada } = await withAda();
    const { link } = await codeOf(ada);
    const preview = site.browser();
    for (let n = 0; n < 3; n += 1) {
      await preview.head(`/come-along/${link}`);
      const { statusCode, body, headers } = await preview.get(`/come-along/${link}`);
      expect(statusCode).toBe(200);
      expect(body).toContain('Come along');
      expect(body).not.toContain('Ada');
      expect([headers['cache-control'], headers['referrer-policy']]).toEqual(['no-store', 'same-origin']);
    }
    const made = (await site.browser().get(`/come-along/${'0'.repeat(26)}`)).body.replace('0'.repeat(26), link);
    expect((await site.browser().get(`/come-along/${link}`)).body).toBe(made);
    const phone = site.browser();
    await phone.get(`/come-along/${link}`);
    const answer = await phone.post('/come-along', { link });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/names']);
    expect((await sessionOf(site, phone))?.id).toBe((await sessionOf(site, ada))?.id);
  });

  test('H9: a code is typed as people type, and good once', async () => {
    const { site, ada } = await withAda();
    const { typed, link } = await codeOf(ada);
    const [phone, eve] = [site.browser(), site.browser()];
    expect((await phone.get('/')).body).toContain('<a href="/come-along">I have a code</a>');
    expect((await phone.get('/come-along')).body).toMatch(/<input[^>]* name="code"/u);
    expect((await phone.post('/come-along', { code: ` ${typed.toLowerCase().replace('-', '')} ` })).statusCode).toBe(
      303,
    );
    for (const form of [{ code: typed }, { link }] as Record<string, string>[]) {
      const { statusCode, body } = await eve.post('/come-along', form);
      expect(statusCode).toBe(422);
      expect(body).toContain('This code was used already, is older than 10 minutes, or was mistyped.');
      expect(await sessionOf(site, eve)).toBeUndefined();
    }
  });

  test('H9: of two browsers that use a code at once, exactly one comes along', async () => {
    const { site, ada } = await withAda();
    const { link, typed } = await codeOf(ada);
    const browsers = [site.browser(), site.browser()];
    for (const browser of browsers) await browser.get('/come-along');
    const answers = await Promise.all([
      browsers[0]!.post('/come-along', { link }),
      browsers[1]!.post('/come-along', { code: typed }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([303, 422]);
  });

  test('H1 H9: a browser to which the answer was lost sends the form again', async () => {
    const { site, ada } = await withAda();
    const { link } = await codeOf(ada);
    const phone = site.browser();
    await phone.get(`/come-along/${link}`);
    const before = new Map(phone.cookies);
    await phone.post('/come-along', { link });
    const lost = phone.cookies.get('snug-5000') ?? '';
    for (const [name, value] of before) phone.cookies.set(name, value);
    expect((await phone.post('/come-along', { link })).statusCode).toBe(303);
    expect((await sessionOf(site, phone))?.id).toBe((await sessionOf(site, ada))?.id);
    expect(await site.store.session(hashToken(lost))).toBeUndefined();
  });

  test('H9: the browser that made it is told that it is there already', async () => {
    const { site, ada } = await withAda();
    const { link } = await codeOf(ada);
    expect((await ada.post('/come-along', { link })).headers.location).toBe('/names');
    expect((await site.browser().post('/come-along', { link })).statusCode).toBe(303);
  });

  test('H9: a browser that is somebody already is told what it will not be known by any more; that session goes on', async () => {
    const { site, ada } = await withAda();
    const ben = site.browser();
    await ben.post('/', { name: 'Ben', room: 'Tea' });
    const before = await sessionOf(site, ben);
    const { link } = await codeOf(ada);
    expect((await ben.get(`/come-along/${link}`)).body).toContain('<bdi class="own-name">Ben</bdi> in <bdi>Tea</bdi>');
    await ben.post('/come-along', { link });
    expect((await sessionOf(site, ben))?.id).toBe((await sessionOf(site, ada))?.id);
    expect(await site.store.memberships(before!.id)).toHaveLength(1);
    // Its open tabs are that session's still.
    expect(site.asked).toEqual([]);
  });

  test('H9: what can be no code is said to be none, and leads from an address to the field', async () => {
    const site = await openSite();
    const eve = site.browser();
    const { statusCode, body } = await eve.post('/come-along', { code: '<b>"\u202e' });
    expect(statusCode).toBe(422);
    expect(body).toContain('A code has 8 letters and digits');
    expect(body).toContain('value="&lt;b>&quot;\u202e"');
    for (const path of ['/come-along/x', '/come-along/%00', `/come-along/${'a'.repeat(2_000)}`])
      expect((await eve.get(path)).headers.location).toBe('/come-along');
    expect((await eve.post('/come-along', {})).statusCode).toBe(422);
  });

  test('R9 H9: an address tries so many codes, and one that is right is not used up by what was too much', async () => {
    const limits = { ...LIMITS, codes: { amount: 1, perMs: 600_000, burst: 2 } };
    const { site, ada } = await withAda({ tolls: new Tolls(limits) });
    const { typed } = await codeOf(ada);
    const eve = site.browser();
    for (const code of ['0000-0000', '0000-0001'])
      expect((await eve.post('/come-along', { code })).statusCode).toBe(422);
    const refused = await eve.post('/come-along', { code: typed });
    expect([refused.statusCode, Number(refused.headers['retry-after']) > 0]).toEqual([429, true]);
    expect(refused.body).toContain('Nothing was used up');
    expect(await site.store.devices.of((await sessionOf(site, ada))!.id)).toHaveLength(1);
  });

  test('R10: while the store is away nothing is used up, and the page says when to try again', async () => {
    let isAway = true;
    const { site, ada } = await withAda({
      wrap: (store) => {
        const comeAlong = store.devices.comeAlong.bind(store.devices);
        store.devices.comeAlong = (coming) =>
          isAway ? Promise.reject(new StoreUnavailable('away')) : comeAlong(coming);
        return store;
      },
    });
    const { link } = await codeOf(ada);
    const phone = site.browser();
    const refused = await phone.post('/come-along', { link });
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '2']);
    isAway = false;
    expect((await phone.post('/come-along', { link })).statusCode).toBe(303);
  });
});
