import { describe, expect, it } from 'vitest';
import type { Address, ClientId, MemberId } from '../../protocol/ids.ts';
import type { Settled } from './outbox.ts';
import type { Owner } from './outbox-item.ts';
import { OutboxNews } from './outbox-news.ts';
import type { LockWord } from './sending-lock.ts';

const ada: Owner = { room: 'tea' as Address, member: 'm-ada' as MemberId, name: 'Ada' };
const lin: Owner = { ...ada, member: 'm-lin' as MemberId };

describe('news of an outbox', () => {
  it('reach the other tabs of the same member in the same room, and not the tab they come from', async () => {
    const heard: string[] = [];
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    const hear = (who: string) => ({
      stored: () => heard.push(`${who}: stored`),
      settled: (settled: Settled) => {
        heard.push(`${who}: ${JSON.stringify(settled)}`);
        arrived();
      },
      lock: (word: LockWord) => heard.push(`${who}: ${word}`),
    });
    const from = new OutboxNews(ada, hear('the tab itself'));
    const other = new OutboxNews(lin, hear('another member'));
    const to = new OutboxNews(ada, hear('the other tab'));
    from.stored();
    from.lock('wanted');
    from.settled([{ clientId: 'c1' as ClientId, seq: 7 }]);
    await arrival;
    for (const news of [from, other, to]) news.close();
    expect(heard).toEqual([
      'the other tab: stored',
      'the other tab: wanted',
      'the other tab: [{"clientId":"c1","seq":7}]',
    ]);
  });
});
