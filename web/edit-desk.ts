import type { Target } from '../protocol/fields.ts';
import type { ClientId } from '../protocol/ids.ts';
import { whatThen } from '../protocol/refusals.ts';
import type { Draft } from './connection/draft.ts';
import type { Outbox } from './connection/outbox.ts';
import type { Along, Items } from './connection/outbox-item.ts';
import type { Author } from '../protocol/entries.ts';
import {
  type Editing,
  type Edits,
  type OwnMessage,
  type PendingEdit,
  pendingWithEdits,
  withEdits,
} from './state/edits.ts';
import type { PendingMessage, RoomState } from './state/room-state.ts';
import { type WantedChange, withoutUnwanted, withWanted } from './state/wanted-changes.ts';

export interface EditDeskParts {
  readonly outbox: Pick<Outbox, 'edit' | 'delete' | 'discard'>;
  /** Where the edit under way outlives the page. */
  readonly kept: Draft;
  /** What goes with a new text. */
  readonly along: (text: string) => Pick<Along, 'mentions'>;
  readonly changed: () => void;
}

/** What a member is doing to its own messages: the edit that the composer holds, those on their way, those refused. */
export class EditDesk {
  readonly #parts: EditDeskParts;
  #editing: Editing | undefined;
  #pending: readonly PendingEdit[] = [];
  #wanted: readonly WantedChange[] = [];
  #savingSince: number | undefined;
  #drawn: { readonly of: RoomState; readonly pending: readonly PendingEdit[]; readonly state: RoomState } | undefined;

  constructor(parts: EditDeskParts) {
    this.#parts = parts;
    this.#editing = parse(parts.kept.text);
  }

  get edits(): Edits {
    const refused = this.#pending.filter(({ refusal, clientId }) => refusal && clientId !== this.#editing?.refused);
    return { editing: this.#editing, savingSince: this.#savingSince, refused };
  }

  /** The room as it will be. The same object while nothing has changed: rows are drawn anew when they are other ones. */
  roomAsWanted(state: RoomState, me: Author): RoomState {
    if (this.#pending.length === 0 && this.#wanted.length === 0) return state;
    const known = this.#drawn;
    if (known?.of === state && known.pending === this.#pending) return known.state;
    const by = { id: me.id, name: me.name };
    const drawn = withWanted(withEdits(state, this.#pending), this.#wanted, by);
    this.#drawn = { of: state, pending: this.#pending, state: drawn };
    return drawn;
  }

  pendingAsWanted(pending: readonly PendingMessage[]): readonly PendingMessage[] {
    return withoutUnwanted(pendingWithEdits(pending, this.#pending), this.#wanted);
  }

  get isChanged(): boolean {
    return this.#editing !== undefined && this.#editing.text !== this.#editing.before;
  }

  outboxChanged(items: Items): void {
    this.#pending = items.flatMap(pendingEdit);
    this.#wanted = items.flatMap(({ want }) => ('target' in want && want.kind !== 'edit' ? [want] : []));
    const onTheirWay = items.filter(
      ({ want, refusal }) => !refusal && (want.kind === 'edit' || want.kind === 'delete'),
    );
    this.#savingSince = onTheirWay[0]?.since;
  }

  begin({ target, text }: OwnMessage): void {
    this.#become({ target, before: text, text });
  }

  write(text: string): void {
    if (this.#editing !== undefined) this.#become({ ...this.#editing, text });
  }

  cancel(): void {
    this.#become(undefined);
  }

  /** What the composer holds goes its way; nothing does where nothing was changed. */
  save(text: string): void {
    const isChanged = this.isChanged;
    this.#end((target, outbox) => (isChanged ? outbox.edit(target, text, this.#parts.along(text)) : undefined));
  }

  delete(): void {
    this.#end((target, outbox) => outbox.delete(target));
  }

  /**
   * A refused edit comes back: into the composer as an edit, where another text may be taken. Else the text of it, which
   * no message will take any more.
   */
  takeBack(id: ClientId, textOf: (target: Target) => string | undefined): string | undefined {
    const edit = this.#pending.find(({ clientId, refusal }) => clientId === id && refusal);
    if (edit?.refusal === undefined) return undefined;
    const { target, text } = edit;
    if (whatThen(edit.refusal.code) === 'change') {
      this.#become({ target, before: textOf(target) ?? '', text, refused: id });
      return undefined;
    }
    void this.#parts.outbox.discard(id);
    return text;
  }

  /** The page is hidden, and may never be seen again. */
  hidden(): void {
    this.#parts.kept.save();
  }

  #end(act: (target: Target, outbox: EditDeskParts['outbox']) => Promise<void> | undefined): void {
    const { outbox, kept, changed } = this.#parts;
    const ended = this.#editing;
    if (ended === undefined) return;
    this.#editing = undefined;
    // Before the outbox has it, it is kept where it was.
    void Promise.resolve(act(ended.target, outbox)).then(() => {
      kept.write(asKept(this.#editing));
      kept.save();
      return ended.refused && outbox.discard(ended.refused);
    });
    changed();
  }

  #become(editing: Editing | undefined): void {
    this.#editing = editing;
    this.#parts.kept.write(asKept(editing));
    this.#parts.changed();
  }
}

/** The text of an edit that was under way, which is kept no longer: nobody can edit as that member any more. */
export function takeKeptText(kept: Draft): string {
  const editing = parse(kept.text);
  kept.write('');
  kept.save();
  return editing?.text ?? '';
}

function pendingEdit({ clientId, want, since, refusal }: Items[number]): PendingEdit[] {
  if (want.kind !== 'edit') return [];
  return [{ clientId, target: want.target, text: want.text, since, ...(refusal && { refusal }) }];
}

/** What has not been changed is in the room's log, and need not be kept. */
function asKept(editing: Editing | undefined): string {
  return editing === undefined || editing.text === editing.before ? '' : JSON.stringify(editing);
}

// Another version of this page may have written anything.
function parse(kept: string): Editing | undefined {
  let found: unknown;
  try {
    found = JSON.parse(kept);
  } catch {
    return undefined;
  }
  return isEditing(found) ? found : undefined;
}

function isEditing(value: unknown): value is Editing {
  if (typeof value !== 'object' || value === null) return false;
  const { target, before, text, refused } = value as Record<string, unknown>;
  const isTarget = typeof target === 'number' || typeof target === 'string';
  return isTarget && typeof before === 'string' && typeof text === 'string' && typeof refused !== 'object';
}
