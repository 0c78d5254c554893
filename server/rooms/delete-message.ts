import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import type { Act, Caller } from './act.ts';
import { storeChange } from './store-change.ts';

export function deleteMessage(act: Act, caller: Caller, request: ParsedRequest<'delete'>): Promise<Granted<'delete'>> {
  const { target } = request;
  return storeChange(act, caller, request, undefined, (sent) => ({ ...sent, kind: 'delete', target }));
}
