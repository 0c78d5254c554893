import { isMessage, newClientId, type Script, textsOf } from './support/script.ts';
import { expect, test } from './support/story.ts';

const SCRIPTS = 10;
/** A connection may have as many requests waiting. */
const AT_ONCE = 100;
const ROUNDS = process.env['SNUG_TEST_ALL'] === '1' ? 3 : 1;
const MESSAGES = SCRIPTS * AT_ONCE * ROUNDS;

test(`${MESSAGES} messages by ${SCRIPTS} scripts at once: every client holds the same ${MESSAGES}`, async ({
  script,
}) => {
  const crowd = await Promise.all(Array.from({ length: SCRIPTS }, (_, at) => script(`Script ${at}`)));
  await Promise.all(crowd.map(talk));
  const late = await script('Late');
  const log = await late.log();
  expect(log.filter(isMessage)).toHaveLength(MESSAGES);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, at) => at + 1));
  for (const [at, one] of crowd.entries()) {
    await expect.poll(() => one.heard.at(-1)?.seq).toBe(log.at(-1)?.seq);
    // Live it came without a hole, twice or out of order, and is the same as what is caught up with.
    expect(one.heard).toEqual(log.slice((one.heard[0]?.seq ?? 0) - 1));
    expect(one.heard.filter(isMessage)).toHaveLength(MESSAGES);
    const own = log.filter((entry) => isMessage(entry) && entry.by.name === `Script ${at}`);
    expect(textsOf(own)).toEqual(Array.from({ length: AT_ONCE * ROUNDS }, (_, number) => `message ${number}`));
  }
});

async function talk(script: Script): Promise<void> {
  const { room } = script;
  for (let round = 0; round < ROUNDS; round += 1) {
    const replies = Array.from({ length: AT_ONCE }, (_, at) =>
      script.ask('message', { room, items: [{ clientId: newClientId(), text: `message ${round * AT_ONCE + at}` }] }),
    );
    for (const { results } of await Promise.all(replies)) expect(results).toMatchObject([{ duplicate: false }]);
  }
}
