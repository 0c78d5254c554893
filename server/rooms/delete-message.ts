import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import type { Act, Caller } from './act.ts';
import { changeMessage } from './change-message.ts';

export function deleteMessage(act: Act, caller: Caller, request: ParsedRequest<'delete'>): Promise<Granted<'delete'>> {
  const { target } = request;
  return changeMessage(act, caller, request, undefined, (sent) => ({ ...sent, kind: 'delete', target }));
}
