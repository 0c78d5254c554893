import type { RefObject } from 'preact';
import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { Asked } from '../completion/asked.ts';
import type { Candidate, Sources } from '../completion/candidates.ts';
import { change } from './field-change.ts';
import { knownCompletion, loadCompletion } from './known-completion.ts';
import { knownEmojiNames, loadEmoji } from './known-emoji.ts';

/** What can become of what was just begun. */
export interface Completion {
  /** None: nothing is offered. */
  readonly candidates: readonly Candidate[];
  /** The one that Enter takes. */
  readonly chosen: Candidate | undefined;
  /** The text or the caret may be others. */
  readonly look: () => void;
  /** The field has lost the focus. */
  readonly leave: () => void;
  readonly take: (candidate: Candidate) => void;
  /** True: the key was meant for the list. */
  readonly pressed: (event: KeyboardEvent) => boolean;
}

const CLOSED = { asked: undefined, at: 0 } as const;

/** Point 10. `people` is asked for while somebody is called. */
export function useCompletion(
  field: RefObject<HTMLTextAreaElement | null>,
  people: () => Sources['people'],
): Completion {
  const [{ asked, at }, become] = useState<{ readonly asked: Asked | undefined; readonly at: number }>(CLOSED);
  /** Where a list was closed by hand: it stays so until another mark is behind the caret. */
  const closedAt = useRef<number | undefined>(undefined);
  const wantsEmoji = useEmojiNames(asked?.kind === 'emoji');
  const sources = { people: asked?.kind === 'person' ? people() : [], emoji: wantsEmoji };
  const found = (asked && knownCompletion()?.candidatesFor(asked, sources)) ?? [];
  const candidates = isWrittenOut(asked, found) ? [] : found;
  const look = (): void => {
    if (knownCompletion() === undefined) return lookLater(field, look);
    const now = askedIn(field.current);
    if (now?.from !== closedAt.current) closedAt.current = undefined;
    if (now === undefined || closedAt.current !== undefined) return become(CLOSED);
    if (now.begun !== asked?.begun || now.from !== asked.from || now.kind !== asked.kind) become({ asked: now, at: 0 });
  };
  const close = (): void => {
    closedAt.current = asked?.from;
    become(CLOSED);
  };
  const take = ({ insert }: Candidate): void => {
    if (field.current === null || asked === undefined) return;
    const { from, to } = asked;
    const caret = from + insert.length;
    become(CLOSED);
    change(field.current, { from, to, insert, select: [caret, caret] });
  };
  const chosen = candidates[at % Math.max(1, candidates.length)];
  const pressed = (event: KeyboardEvent): boolean => {
    if (chosen === undefined || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
    switch (event.shiftKey ? '' : event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        become({ asked, at: (at + (event.key === 'ArrowDown' ? 1 : candidates.length - 1)) % candidates.length });
        return true;
      case 'Enter':
      case 'Tab':
        take(chosen);
        return true;
      case 'Escape':
        close();
        return true;
      default:
        return false;
    }
  };
  return { candidates, chosen, look, leave: () => become(CLOSED), take, pressed };
}

function askedIn(field: HTMLTextAreaElement | null): Asked | undefined {
  if (field === null || field.selectionStart !== field.selectionEnd) return undefined;
  return knownCompletion()?.askedAt(field.value, field.selectionStart);
}

/** Each thing that can be completed begins with one of these. */
const MARKS = /[@:/]/u;

function lookLater(field: RefObject<HTMLTextAreaElement | null>, look: () => void): void {
  if (field.current === null || !MARKS.test(field.current.value)) return;
  void loadCompletion().then(() => {
    // Whoever has gone elsewhere meanwhile is offered nothing.
    if (knownCompletion() !== undefined && field.current?.matches(':focus') === true) look();
  });
}

/** Enter is to send what is whole: "/leave" or "hello @Ada", and not to write it once more. */
function isWrittenOut(asked: Asked | undefined, [first, ...others]: readonly Candidate[]): boolean {
  if (asked === undefined || first === undefined || others.length > 0) return false;
  const whole = first.insert.trim();
  return asked.kind === 'command' ? whole === `/${asked.begun.toLowerCase()}` : whole === `@${asked.begun}`;
}

function useEmojiNames(areWanted: boolean): Sources['emoji'] {
  const [, draw] = useReducer<number, undefined>((count) => count + 1, 0);
  const known = knownEmojiNames();
  useEffect(() => {
    if (areWanted && known === undefined) loadEmoji(() => draw(undefined));
  }, [areWanted]);
  return known;
}
