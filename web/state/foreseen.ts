import { type PendingEdit, withEdits } from './edits.ts';
import type { RoomState } from './room-state.ts';

/** What this member calls the room, or says that it is about, and the log does not have yet. */
export interface Naming {
  readonly title?: string | undefined;
  readonly topic?: string | undefined;
}

/** Something on its way to the log, or refused for good. */
interface Wish {
  readonly want: Naming & { readonly kind: string };
  readonly refusal?: object;
}

export const NO_NAMING: Naming = {};

/** They go in order: of several the last counts. */
export function namingIn(wishes: readonly Wish[]): Naming {
  const wants = wishes.flatMap(({ want, refusal }) => (refusal === undefined ? [want] : []));
  const last = (kind: 'title' | 'topic') => wants.findLast((want) => want.kind === kind)?.[kind];
  return { title: last('title'), topic: last('topic') };
}

interface Before extends Naming {
  readonly of: RoomState;
  readonly edits: readonly PendingEdit[];
  readonly state: RoomState;
}

/** The room as it will be when what this member has changed is in its log. */
export class Foreseen {
  #before: Before | undefined;

  /** The same object while nothing of this has changed: rows are drawn anew when they are other ones. */
  of(state: RoomState, edits: readonly PendingEdit[], { title, topic }: Naming): RoomState {
    const before = this.#before;
    const isSame = before?.of === state && before.edits === edits;
    if (isSame && before.title === title && before.topic === topic) return before.state;
    const edited = withEdits(state, edits);
    const isNamed = title !== undefined || topic !== undefined;
    const named = { ...edited, title: title ?? edited.title, topic: topic ?? edited.topic };
    this.#before = { of: state, edits, title, topic, state: isNamed ? named : edited };
    return this.#before.state;
  }
}

/** In words for whoever wanted it: what is gone again. */
export function refusedText(kind: string, reason: string): string {
  const what =
    kind === 'title' ? 'The title is as it was.' : kind === 'topic' ? 'The topic is as it was.' : 'Not done.';
  return `${what} ${reason}`;
}
