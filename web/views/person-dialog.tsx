import type { VNode } from 'preact';
import type { Author } from '../../protocol/entries.ts';
import type { MemberId } from '../../protocol/ids.ts';
import { Dialog } from '../controls/dialog.tsx';
import { DialogHeader } from './dialog-header.tsx';
import { LaterIcon } from './later-icon.tsx';
import { Avatar } from './person.tsx';

export interface IgnoreActions {
  readonly ignore: (person: Author) => void;
  readonly heed: (id: MemberId) => void;
}

export interface PersonDialogProps extends IgnoreActions {
  readonly person: Author;
  readonly isIgnored: boolean;
  /** Opens the conversation of two; undefined where this is one. */
  readonly writeTo: ((person: Author) => void) | undefined;
  readonly close: () => void;
}

/** What one can do about somebody. */
export function PersonDialog({ person, isIgnored, writeTo, ignore, heed, close }: PersonDialogProps): VNode {
  const { id, name } = person;
  const then = (act: () => void) => () => {
    act();
    close();
  };
  return (
    <Dialog labelledBy="person-heading" shape="card" close={close}>
      <DialogHeader id="person-heading" close={close}>
        <span class="person-name">
          <Avatar id={id} own={false} />
          <bdi>{name}</bdi>
        </span>
      </DialogHeader>
      <div class="person-choices">
        {writeTo === undefined ? null : (
          <button type="button" class="action" onClick={then(() => writeTo(person))}>
            <LaterIcon name="direct" />
            <span>
              Write to <bdi>{name}</bdi> directly
            </span>
          </button>
        )}
        <button type="button" onClick={then(() => (isIgnored ? heed(id) : ignore(person)))}>
          <LaterIcon name={isIgnored ? 'eye' : 'spoiler'} />
          {isIgnored ? 'Ignore no more' : 'Ignore'}
        </button>
      </div>
      <p class="hint">
        {isIgnored
          ? 'You ignore them: their messages in this room are folded up, for you alone.'
          : 'Whom you ignore is not told. Their messages in this room are folded up, for you alone and in this browser.'}
      </p>
    </Dialog>
  );
}
