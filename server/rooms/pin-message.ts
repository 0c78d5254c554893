import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import type { Act, Caller } from './act.ts';
import { storeChange } from './store-change.ts';

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
  return storeChange(act, caller, request, undefined, (sent) => ({ ...sent, kind, target }));
}
