import type { Address } from '../protocol/ids.ts';
import { nameProblemText, personName } from '../protocol/names.ts';
import { REFUSALS } from '../protocol/refusals.ts';
import { tidyTopic, topicRefusal } from '../protocol/text.ts';
import { type Ask, answerOf } from './connection/ask.ts';
import type { Outbox } from './connection/outbox.ts';
import type { Order } from './views/commanded.tsx';

export interface ObeyParts {
  readonly room: Address;
  readonly ask: Ask;
  /** Undefined before the room was joined. */
  readonly outbox: Pick<Outbox, 'add'> | undefined;
}

const KEPT = 'What you wrote is still here.';
const NO_CONNECTION = `There is no connection to the server at the moment. ${KEPT}`;

/** Undefined when it is done, or kept until it can be; else why not, and what is kept. */
export async function obey(order: Order, { room, ask, outbox }: ObeyParts): Promise<string | undefined> {
  if (order.kind === 'topic') {
    const topic = tidyTopic(order.topic);
    const code = topicRefusal(topic);
    if (code !== undefined) return `${REFUSALS[code].message} ${KEPT}`;
    if (outbox === undefined) return NO_CONNECTION;
    await outbox.add({ kind: 'topic', topic });
    return undefined;
  }
  const named = personName(order.name);
  if (!named.ok) return `${nameProblemText(named.problem, 'name')} ${KEPT}`;
  const reply = await answerOf(ask('rename', { room, name: named.name }));
  if (reply === undefined) return NO_CONNECTION;
  return reply.ok ? undefined : `${reply.message} ${KEPT}`;
}
