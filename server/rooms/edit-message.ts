import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import { textRefusal } from '../../protocol/text.ts';
import type { Act, Caller } from './act.ts';
import { refusalFor } from './refusal.ts';
import { storeChange } from './store-change.ts';

export function editMessage(act: Act, caller: Caller, request: ParsedRequest<'edit'>): Promise<Granted<'edit'>> {
  const { target, text, mentions } = request;
  return storeChange(act, caller, request, refusalFor(textRefusal(text)), (sent) => ({
    ...sent,
    kind: 'edit',
    target,
    text,
    mentions,
  }));
}
