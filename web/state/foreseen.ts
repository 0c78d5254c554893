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
  readonly state: RoomState;
}

/** The room as it will be called and be about when what this member says of it is in its log. */
export class Foreseen {
  #before: Before | undefined;

  /** The same object while nothing of this has changed: rows are drawn anew when they are other ones. */
  of(state: RoomState, { title, topic }: Naming): RoomState {
    if (title === undefined && topic === undefined) return state;
    const before = this.#before;
    if (before?.of === state && before.title === title && before.topic === topic) return before.state;
    const named = { ...state, title: title ?? state.title, topic: topic ?? state.topic };
    this.#before = { of: state, title, topic, state: named };
    return named;
  }
}

/** In words for whoever wanted it: what is gone again. */
export function refusedText(kind: string, reason: string): string {
  const what =
    kind === 'title' ? 'The title is as it was.' : kind === 'topic' ? 'The topic is as it was.' : 'Not done.';
  return `${what} ${reason}`;
}
