import { describe, expect, it } from 'vitest';
import type { Address, MemberId } from '../../protocol/ids.ts';
import type { Owner } from './outbox-item.ts';
import { OutboxNews } from './outbox-news.ts';

const ada: Owner = { room: 'tea' as Address, member: 'm-ada' as MemberId, name: 'Ada' };
const lin: Owner = { ...ada, member: 'm-lin' as MemberId };

describe('news of an outbox', () => {
  it('reach the other tabs of the same member in the same room, and not the tab they come from', async () => {
    const heard: string[] = [];
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    const from = new OutboxNews(ada, () => heard.push('the tab itself'));
    const other = new OutboxNews(lin, () => heard.push('another member'));
    const to = new OutboxNews(ada, () => {
      heard.push('the other tab');
      arrived();
    });
    from.tell();
    await arrival;
    for (const news of [from, other, to]) news.close();
    expect(heard).toEqual(['the other tab']);
  });
});
