import { Line } from './support/line.ts';
import { type Script, textsOf } from './support/script.ts';
import { expect, IN_ALL, test } from './support/story.ts';

const TEXTS = Array.from({ length: 200 }, (_, at) => `message ${at + 1}`);
/** As long as it takes a page to come back after many losses in a row, and a second time. */
const IN_THE_END = { timeout: 60_000 };

test(
  'F24: 200 messages while the network flaps, the server is killed 10 times and the tab reloaded 5 times: exactly 200, in order',
  IN_ALL,
  async ({ ownServer, guest, script, watch }) => {
    watch.allowNetworkTrouble();
    const server = await ownServer({ SNUG_LIMITS: 'off' });
    const line = await Line.to(server);
    const ada = await guest('Ada', line);
    const bob = await guest('Bob', server);
    for (const [at, text] of TEXTS.entries()) {
      // Of every 20 messages 4 are written while the server is dead, and of every 7 three while nothing gets through.
      if (at % 20 === 7) void server.kill();
      if (at % 20 === 11) await server.restart();
      if (at % 7 === 2) line.cut();
      if (at % 7 === 5) line.mend();
      if (at % 40 === 16) {
        await ada.page.reload();
        await expect(ada.composer).toBeVisible();
      }
      await ada.send(text);
    }
    line.mend();
    await expect(bob.texts).toHaveText(TEXTS, IN_THE_END);
    // After a reload there is a page of what was before, and the rest when one reads back.
    await expect(ada.texts.last()).toHaveText('message 200', IN_THE_END);
    const shown = await ada.texts.allTextContents();
    expect(shown).toEqual(TEXTS.slice(-shown.length));
    const log = await (await script('Script', {}, server)).log();
    expect(textsOf(log)).toEqual(TEXTS);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, at) => at + 1));
    await line.close();
  },
);

test(
  'F24: two tabs of one member write at once while the network flaps: all of it once, in the order of each',
  IN_ALL,
  async ({ ownServer, guest, script, watch }) => {
    watch.allowNetworkTrouble();
    const server = await ownServer({ SNUG_LIMITS: 'off' });
    const line = await Line.to(server);
    const first = await guest('Ada', line);
    const second = await first.newTab();
    await second.page.goto(first.page.url());
    await second.isIn();
    for (let at = 1; at <= 30; at += 1) {
      if (at % 5 === 2) line.cut();
      if (at % 5 === 4) line.mend();
      await Promise.all([first.send(`one ${at}`), second.send(`two ${at}`)]);
    }
    line.mend();
    const other = await script('Script', {}, server);
    await expect.poll(async () => textsOf(await other.log()).length, IN_THE_END).toBe(60);
    const said = textsOf(await other.log());
    for (const tab of ['one', 'two']) {
      expect(said.filter((text) => text.startsWith(tab))).toEqual(
        Array.from({ length: 30 }, (_, at) => `${tab} ${at + 1}`),
      );
    }
    for (const tab of [first, second]) await expect(tab.texts).toHaveText(said, IN_THE_END);
    await line.close();
  },
);

test('F24: a laptop that slept for an hour has everything a moment after it wakes, and what it had still to say is said once', async ({
  ownServer,
  stranger,
  script,
  room,
  watch,
}) => {
  watch.allowNetworkTrouble();
  const server = await ownServer({ SNUG_PING_MS: '1000', SNUG_PING_TIMEOUT_MS: '1000', SNUG_GRACE_MS: '1000' });
  const line = await Line.to(server);
  const ada = await stranger({}, line);
  await ada.page.clock.install();
  await ada.appear('Ada', room);
  const linus = await script('Linus', {}, server);
  await linus.say('before');
  await expect(ada.texts).toHaveText(['before']);
  // Its clock stands still, and nothing of what is sent to it arrives: so it hears neither a question nor a farewell.
  await ada.page.clock.pauseAt((await ada.page.evaluate(() => Date.now())) + 100);
  line.hold();
  await ada.composer.fill('said on closing the lid');
  await ada.composer.press('Enter');
  await expect.poll(() => goneFrom(linus)).toContain('Ada');
  await linus.say('while you slept', 'twice');
  line.cut();
  line.release();
  line.mend();
  await ada.page.clock.resume();
  await ada.page.clock.fastForward('01:00:00');
  const said = ['before', 'said on closing the lid', 'while you slept', 'twice'];
  await expect(ada.texts).toHaveText(said);
  expect(textsOf(await linus.log())).toEqual(said);
  await ada.send('good morning');
  await expect.poll(() => textsOf(linus.heard)).toContain('good morning');
  await line.close();
});

function goneFrom({ heard }: Script): string[] {
  return heard.flatMap((entry) => (entry.kind === 'notice' && entry.type === 'disconnect' ? [entry.by.name] : []));
}
