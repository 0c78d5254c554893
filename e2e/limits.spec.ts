import { expect, test } from './support/story.ts';

test('R8: who writes faster than the server takes it loses nothing: all goes by itself, in its order', async ({
  ownServer,
  stranger,
}) => {
  const server = await ownServer({ SNUG_LIMITS: 'on' });
  const [ada, ben] = [await stranger({}, server), await stranger({}, server)];
  for (const [person, name] of [
    [ada, 'Ada'],
    [ben, 'Ben'],
  ] as const)
    await person.appear(name, 'tea');
  // More than the burst, and not so many that the rest takes long.
  const texts = Array.from({ length: 30 }, (_, at) => `message ${at + 1}`);
  for (const text of texts) await ada.send(text);
  for (const person of [ben, ada]) await expect(person.texts).toHaveText(texts);
});

test('R9: whoever comes in from where too many do is told when to try again, and what was typed stays', async ({
  ownServer,
  stranger,
  watch,
}) => {
  watch.allow(/status of 429/u);
  const server = await ownServer({ SNUG_LIMITS: 'members=1/1' });
  await (await stranger({}, server)).appear('Ada', 'tea');
  const ben = await stranger({}, server);
  await ben.page.goto(ben.origin);
  await ben.fillIn('Ben', 'tea & cake');
  await ben.join();
  await expect(ben.page.getByRole('alert')).toHaveText(
    /^Too many came in from here at once\. Nothing is lost: wait \d+ seconds?, then press Join again\.$/u,
  );
  await expect(ben.page.getByRole('textbox', { name: 'Your name' })).toHaveValue('Ben');
  await expect(ben.page.getByRole('textbox', { name: 'Room' })).toHaveValue('tea & cake');
});
