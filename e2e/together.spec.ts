import type { Person } from './support/person.ts';
import { newClientId, type Script } from './support/script.ts';
import { expect, IN_ALL, test } from './support/story.ts';

/** What everybody sees the same of a room: its title and topic, and each message with all that was done to it. */
async function screenOf(person: Person): Promise<readonly string[]> {
  const header = await person.page.locator('.room-names').innerText();
  const rows = await person.messages.evaluateAll((articles) =>
    articles.map((article) => {
      const parts = ['.quoted', '.text', '.deleted', '.reactions .emoji', '.pin-mark'].map((part) =>
        [...article.querySelectorAll(part)].map((found) => found.textContent).join('|'),
      );
      return [article.getAttribute('data-to'), article.getAttribute('aria-label')?.split(',')[0], ...parts].join(' · ');
    }),
  );
  return [header, ...rows];
}

async function answer(person: Person, to: string, text: string): Promise<void> {
  const row = person.messages.filter({ hasText: to }).first();
  await row.hover();
  await row.getByRole('button', { name: 'Reply' }).click();
  await person.send(text);
}

async function react(person: Person, to: string): Promise<void> {
  const row = person.messages.filter({ hasText: to }).first();
  await row.hover();
  await row.getByRole('button', { name: 'React' }).click();
  await person.page.getByRole('toolbar', { name: 'React with' }).getByRole('button').first().click();
}

async function editNewest(person: Person, text: string): Promise<void> {
  await person.composer.press('ArrowUp');
  await expect(person.composer).not.toHaveValue('');
  await person.composer.fill(text);
  await person.composer.press('Enter');
}

/** All that one does with messages, by the page. */
async function live(person: Person, me: string, other: string): Promise<void> {
  for (const n of [1, 2, 3]) await person.send(`${me} says ${n} to @${other}`);
  await react(person, 'the first of all');
  await answer(person, 'the second of all', `${me} answers`);
  await editNewest(person, `${me} answers **better**`);
  await person.send(`/topic ${me} was here`);
  await person.send(`${me} regrets this`);
  await editNewest(person, '');
  await person.page.getByRole('button', { name: 'Delete the message' }).click();
  await react(person, `${me} says 2`);
  await person.send(`/me waves, and that is all of ${me}`);
}

/** Somebody who talks meanwhile, and changes what is there. */
async function meddle(script: Script): Promise<void> {
  const { room } = script;
  const [first = 0, second = 0] = script.heard.filter(({ kind }) => kind === 'message').map(({ seq }) => seq);
  for (let at = 1; at <= 30; at += 1) {
    await script.say(`meanwhile ${at}`);
    if (at % 10 === 0)
      await script.ask('pin', { room, target: at % 20 === 0 ? first : second, clientId: newClientId() });
    if (at % 7 === 0) await script.ask('react', { room, target: second, clientId: newClientId(), emoji: '🎉' });
  }
  await script.ask('edit', { room, target: first, clientId: newClientId(), text: 'the first of all, mended' });
}

test(
  'L5 to L17: two people and a program do everything at once, and both screens are equal to that of whoever comes in then',
  IN_ALL,
  async ({ guest, script }) => {
    const program = await script('Script');
    await program.say('the first of all', 'the second of all');
    const [ada, ben] = [await guest('Ada'), await guest('Ben')];
    for (const person of [ada, ben]) await expect(person.texts).toHaveText(['the first of all', 'the second of all']);
    await Promise.all([live(ada, 'Ada', 'Ben'), live(ben, 'Ben', 'Ada'), meddle(program)]);
    for (const person of [ada, ben]) {
      for (const name of ['Ada', 'Ben']) await expect(person.transcript).toContainText(`that is all of ${name}`);
      await expect(person.transcript).toContainText('meanwhile 30');
      await expect(person.page.getByText('Saving your change')).toHaveCount(0);
    }
    await expect.poll(() => screenOf(ada)).toEqual(await screenOf(ben));
    const cleo = await guest('Cleo');
    await cleo.transcript.hover();
    await expect(async () => {
      await cleo.page.mouse.wheel(0, -2_000);
      await expect(cleo.page.getByRole('region', { name: 'Start of the room' })).toBeInViewport({ timeout: 50 });
    }).toPass({ intervals: [20] });
    const all = await screenOf(cleo);
    expect(all.length).toBeGreaterThan(40);
    expect(all.filter((row) => row.includes('was deleted'))).toHaveLength(2);
    for (const person of [ada, ben]) await expect.poll(() => screenOf(person)).toEqual(all);
  },
);
