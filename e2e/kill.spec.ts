import { textsOf } from './support/script.ts';
import { expect, test } from './support/story.ts';

const ROUNDS = process.env['SNUG_TEST_ALL'] === '1' ? 6 : 1;
const TEXTS = Array.from({ length: 50 }, (_, at) => `message ${at + 1}`);
/** Before which message the server dies, and before which it is back; a message later in every round. */
const KILLED = [
  [5, 9],
  [19, 23],
  [37, 42],
] as const;
/** Before which the tab is loaded anew, with messages on their way. */
const RELOADED = new Set([17, 34]);

for (let round = 1; round <= ROUNDS; round += 1) {
  const which = ROUNDS === 1 ? '' : `, round ${round}`;
  test(`F24: 50 messages while the server is killed 3 times and the tab reloaded twice: exactly 50, in order${which}`, async ({
    ownServer,
    guest,
    script,
    watch,
  }) => {
    watch.allowNetworkTrouble();
    const server = await ownServer();
    const ada = await guest('Ada', server);
    const bob = await guest('Bob', server);
    for (const [at, text] of TEXTS.entries()) {
      // Not waited for: it dies while the next messages are written.
      if (KILLED.some(([killed]) => killed + round === at)) void server.kill();
      if (KILLED.some(([, back]) => back + round === at)) await server.restart();
      if (RELOADED.has(at)) {
        await ada.page.reload();
        await expect(ada.composer).toBeVisible();
      }
      await ada.send(text);
    }
    for (const person of [ada, bob]) await expect(person.texts).toHaveText(TEXTS);
    const log = await (await script('Script', {}, server)).log();
    expect(textsOf(log)).toEqual(TEXTS);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, at) => at + 1));
  });
}
