import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import type { Act, Caller } from './act.ts';
import { changeMessage } from './change-message.ts';

export function pinMessage(act: Act, caller: Caller, request: ParsedRequest<'pin'>): Promise<Granted<'pin'>> {
  return changePin(act, caller, request, 'pin');
}

export function unpinMessage(act: Act, caller: Caller, request: ParsedRequest<'unpin'>): Promise<Granted<'unpin'>> {
  return changePin(act, caller, request, 'unpin');
}

function changePin(
  act: Act,
  caller: Caller,
  request: ParsedRequest<'pin'>,
  kind: 'pin' | 'unpin',
): Promise<Granted<'pin'>> {
  const { target } = request;
  return changeMessage(act, caller, request, undefined, (sent) => ({ ...sent, kind, target }));
}
