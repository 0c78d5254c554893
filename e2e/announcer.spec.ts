import type { Page } from '@playwright/test';
import { scrollUp } from './support/reading.ts';
import { isMessage, newClientId } from './support/script.ts';
import { expect, test } from './support/story.ts';

/** As announcer.tsx gathers, and a little more. */
const GATHERED_MS = 600;

/** All that the polite region says from the first moment of the page on, as a screen reader would hear it. */
async function listen(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    let last: Element | null = null;
    let text = '';
    new MutationObserver(() => {
      const said = document.querySelector('[role="status"][aria-label="News"] > *');
      const now = said?.textContent ?? '';
      // A screen reader reads what is new in the region: another element, or another text.
      if (now !== '' && (said !== last || now !== text)) heard.push(now);
      last = said;
      text = now;
    }).observe(document, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => (window as Window & { heard?: string[] }).heard ?? []);
}

test('point 24: what the announcer says, from coming in to a lost connection: all that is news, and nothing twice', async ({
  stranger,
  script,
  room,
  line,
  watch,
}) => {
  watch.allowNetworkTrouble();
  const [linus, grace] = [await script('Linus'), await script('Grace')];
  await linus.say(...Array.from({ length: 140 }, (_, at) => `history ${at + 1}`));
  const ada = await stranger({}, line);
  const { page } = ada;
  await page.context().routeWebSocket(/\/socket\.io\//u, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => server.send(String(frame).replace('refused', String.raw`re\u0000fused`)));
  });
  const heard = await listen(page);
  await page.clock.install();
  await ada.appear('Ada', room);
  await expect(ada.texts.last()).toHaveText('history 140');
  // Nobody tells how long the machine takes for a burst: the page's own time goes on only as told.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
  const drawn = async (done: () => Promise<void>, step = 10): Promise<void> => {
    await expect(async () => {
      await page.clock.runFor(step);
      await done();
    }).toPass({ intervals: [50] });
    await page.clock.runFor(GATHERED_MS);
  };
  const last = (text: string) => drawn(() => expect(ada.texts.last()).toHaveText(text, { timeout: 1 }));
  const shown = (text: string, step?: number) =>
    drawn(() => expect(page.getByText(text)).toBeVisible({ timeout: 1 }), step);

  await test.step('messages one by one, then three at once, then a burst', async () => {
    await linus.say('one');
    await last('one');
    await linus.say('two', 'three', 'four');
    await last('four');
    await linus.say('five', 'six', 'seven', 'eight', 'nine');
    await last('nine');
    expect(await heard()).toEqual(['Linus: one', 'Linus: two Linus: three Linus: four', '5 new messages from Linus.']);
  });
  await test.step('the same words once more are said once more; one’s own, changes and history are not', async () => {
    await grace.say('yes');
    await last('yes');
    await grace.say('yes');
    await last('yes');
    await ada.send('my own');
    await last('my own');
    const target = (await linus.log()).filter(isMessage).findLast(({ by }) => by.name === 'Linus')?.seq ?? 0;
    await linus.ask('edit', { room, target, clientId: newClientId(), text: 'nine, and a half' });
    await shown('nine, and a half');
    await drawn(async () => {
      await scrollUp(ada, 1_000_000);
      await expect(ada.texts.first()).toHaveText('history 1', { timeout: 1 });
    });
    expect((await heard()).slice(3)).toEqual(['Grace: yes', 'Grace: yes']);
  });
  await test.step('somebody comes in and speaks at once', async () => {
    await scrollUp(ada, -1_000_000);
    await last('my own');
    await (await script('Mary')).say('hello, all');
    await last('hello, all');
    expect((await heard()).slice(5)).toEqual(['Mary joined. Mary: hello, all']);
  });
  await test.step('a message is not taken', async () => {
    await ada.send('refused');
    await drawn(() => expect(ada.page.getByRole('group', { name: 'Not sent' })).toBeVisible({ timeout: 1 }));
    await page.clock.runFor(2_000);
  });
  await test.step('the connection goes and comes back, with what was missed', async () => {
    line.cut();
    await shown('Connecting …', 100);
    await page.clock.runFor(3_000);
    await linus.say('missed', 'this as well');
    line.mend();
    await shown('Back online, 2 new', 100);
    await page.clock.runFor(5_000);
  });
  expect((await heard()).slice(6)).toEqual([
    'Not sent. This holds characters that cannot be stored: NUL or half a character.',
    'Connecting …',
    'Back online. Linus: missed Linus: this as well',
  ]);
});
