import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import { isEmoji } from '../../protocol/text.ts';
import type { Act, Caller } from './act.ts';
import { refusalFor } from './refusal.ts';
import { storeChange } from './store-change.ts';

export function react(act: Act, caller: Caller, request: ParsedRequest<'react'>): Promise<Granted<'react'>> {
  return changeReaction(act, caller, request, 'react');
}

export function unreact(act: Act, caller: Caller, request: ParsedRequest<'unreact'>): Promise<Granted<'unreact'>> {
  return changeReaction(act, caller, request, 'unreact');
}

function changeReaction(
  act: Act,
  caller: Caller,
  request: ParsedRequest<'react'>,
  kind: 'react' | 'unreact',
): Promise<Granted<'react'>> {
  const { target, emoji } = request;
  const refusal = refusalFor(isEmoji(emoji) ? undefined : 'invalid');
  return storeChange(act, caller, request, refusal, (sent) => ({ ...sent, kind, target, emoji }));
}
