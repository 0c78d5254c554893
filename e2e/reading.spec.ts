import { scrollUp, watchDrift } from './support/reading.ts';
import { isMessage, newClientId, type Script } from './support/script.ts';
import { expect, test } from './support/story.ts';

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `message ${from + at}`);

test('history loads when one scrolls up, to the beginning of the room', async ({ script, guest }) => {
  const other = await script('Script');
  await other.say(...numbered(1, 220));
  const ada = await guest('Ada');
  await expect(ada.texts.last()).toHaveText('message 220');
  const start = ada.page.getByRole('region', { name: 'Start of the room' });
  await ada.transcript.hover();
  await expect(async () => {
    await ada.page.mouse.wheel(0, -2_000);
    await expect(start).toBeInViewport({ timeout: 50 });
  }).toPass({ intervals: [20] });
  await expect(ada.texts).toHaveText(numbered(1, 220));
});

test('the text one reads stays within a pixel while 100 messages arrive', async ({ script, guest }) => {
  const other = await script('Script');
  await other.say(...numbered(1, 200));
  const ada = await guest('Ada');
  await expect(ada.texts.last()).toHaveText('message 200');
  await scrollUp(ada, 900);
  const drift = await watchDrift(ada.page);
  for (let at = 201; at <= 300; at += 10) await other.say(...numbered(at, at + 9));
  // What is written below takes its place from the bottom, not from the text above.
  await ada.composer.fill('one\ntwo\nthree\nfour\nfive');
  const pill = ada.page.getByRole('button', { name: '100 new messages' });
  await expect(pill).toBeVisible();
  expect(await drift()).toBeLessThanOrEqual(1);
  await pill.click();
  await expect(ada.texts.last()).toHaveText('message 300');
  await expect(ada.texts.last()).toBeInViewport();
  await expect(pill).toHaveCount(0);
  await expect(ada.composer).toBeFocused();
});

test('the text one reads stays within a pixel while messages above and below it are edited, reacted to and deleted', async ({
  script,
  guest,
}) => {
  const other = await script('Script');
  const { room } = other;
  await other.say(...numbered(1, 120));
  const ada = await guest('Ada');
  await expect(ada.texts.last()).toHaveText('message 120');
  await scrollUp(ada, 900);
  const drift = await watchDrift(ada.page);
  const seqs = other.heard.filter(isMessage).map(({ seq }) => seq);
  // All of them are drawn, and what one reads is among the last thirty: changes are above it and below.
  for (const [at, target] of seqs.slice(-50).entries()) {
    const change = { room, target, clientId: newClientId() };
    if (at % 3 === 0) await other.ask('edit', { ...change, text: `a message that has grown\nby a line ${at}` });
    else if (at % 3 === 1) await other.ask('react', { ...change, emoji: '🎉' });
    else if (at % 9 === 2) await other.ask('delete', change);
  }
  await expect(ada.messages.getByRole('button', { name: /^🎉/u }).last()).toBeAttached();
  await expect(ada.texts.filter({ hasText: 'a line 48' })).toHaveCount(1);
  expect(await drift()).toBeLessThanOrEqual(1);
});

test('the text one reads stays within a pixel while history loads above it', async ({ script, guest, line }) => {
  const other = await script('Script');
  await other.say(...numbered(1, 260));
  const ada = await guest('Ada', line);
  await expect(ada.texts.last()).toHaveText('message 260');
  const before = await ada.messages.count();
  line.hold();
  await expect(async () => {
    await scrollUp(ada, 200);
    await expect(ada.transcript.getByText('Loading earlier messages')).toBeAttached({ timeout: 50 });
  }).toPass({ intervals: [20] });
  const drift = await watchDrift(ada.page);
  line.release();
  await expect.poll(() => ada.messages.count()).toBeGreaterThan(before);
  expect(await drift()).toBeLessThanOrEqual(1);
});

test('whoever is at the bottom follows, and one’s own message always leads there', async ({ script, guest }) => {
  const other = await script('Script');
  await other.say(...numbered(1, 60));
  const ada = await guest('Ada');
  for (let at = 61; at <= 80; at += 1) await other.say(`message ${at}`);
  await expect(ada.texts.last()).toHaveText('message 80');
  await expect(ada.texts.last()).toBeInViewport();
  await scrollUp(ada, 700);
  await other.say('message 81');
  await expect(ada.page.getByRole('button', { name: '1 new message' })).toBeVisible();
  await ada.send('my own');
  await expect(ada.texts.last()).toHaveText('my own');
  await expect(ada.texts.last()).toBeInViewport();
  await expect(ada.page.getByRole('button', { name: '1 new message' })).toHaveCount(0);
});

test('edits, deletions and reactions change the row in its place', async ({ script, guest, room }) => {
  const other = await script('Script');
  await other.say('one', 'two', 'three');
  const ada = await guest('Ada');
  await expect(ada.texts).toHaveText(['one', 'two', 'three']);
  const rows = await Promise.all([0, 1, 2].map((at) => ada.messages.nth(at).elementHandle()));
  const [one, two, three] = await seqsOf(other);
  await other.ask('edit', { room, target: one ?? 0, clientId: newClientId(), text: 'one, changed' });
  await other.ask('delete', { room, target: two ?? 0, clientId: newClientId() });
  await other.ask('react', { room, target: three ?? 0, clientId: newClientId(), emoji: '👍' });
  await expect(ada.texts.nth(0)).toHaveText('one, changed (edited)');
  await expect(ada.messages.nth(1)).toContainText('This message was deleted.');
  const reactions = ada.messages.nth(2).getByRole('list', { name: 'Reactions' });
  await expect(reactions.getByRole('listitem')).toContainText(['👍 1 by Script']);
  await other.ask('unreact', { room, target: three ?? 0, clientId: newClientId(), emoji: '👍' });
  await expect(reactions).toHaveCount(0);
  await expect(ada.messages).toHaveCount(3);
  for (const row of rows) expect(await row?.evaluate((element) => element.isConnected)).toBe(true);
  await ada.page.reload();
  await ada.isIn();
  await expect(ada.texts).toHaveText(['one, changed (edited)', 'three']);
  await expect(ada.messages).toHaveCount(3);
});

async function seqsOf(script: Script): Promise<number[]> {
  return (await script.log()).filter(({ kind }) => kind === 'message').map(({ seq }) => seq);
}
