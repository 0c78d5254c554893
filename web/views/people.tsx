import type { VNode } from 'preact';
import type { Person } from '../../protocol/room.ts';
import { Dialog } from '../controls/dialog.tsx';
import { Icon } from './icon.tsx';
import { Avatar, colourClass } from './person.tsx';
import { Unchanging } from './redraw.tsx';

export interface PeopleProps {
  readonly here: readonly Person[];
  readonly me: Person;
  /** There is room for it beside the transcript; else it lies over it. */
  readonly isBeside: boolean;
  readonly close: () => void;
}

/** Who is in the room now. */
export class People extends Unchanging<PeopleProps> {
  override render(): VNode {
    const { isBeside, close } = this.props;
    if (isBeside) return <Panel {...this.props} />;
    return (
      <Dialog labelledBy="people-heading" shape="side" close={close}>
        <Panel {...this.props} />
      </Dialog>
    );
  }
}

function Panel({ here, me, close }: PeopleProps): VNode {
  return (
    <aside class="people" id="people" aria-labelledby="people-heading">
      <header>
        <h2 id="people-heading">
          Here now <span class="count">{here.length}</span>
        </h2>
        <button type="button" class="quiet icon-button" aria-label="Close the list" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <ul>
        {inOrder(here, me).map((person) => (
          <li key={person.id}>
            <Avatar id={person.id} own={person.id === me.id} />
            <p>
              <bdi class={colourClass(person.id, person.id === me.id)}>{person.name}</bdi>
              {person.id === me.id ? <span class="hint"> you</span> : null}
            </p>
          </li>
        ))}
      </ul>
    </aside>
  );
}

/** Oneself first, and the others by name, so that somebody who comes back is where they were. */
function inOrder(here: readonly Person[], me: Person): readonly Person[] {
  const order = new Intl.Collator(undefined, { numeric: true });
  const isMe = (person: Person): number => (person.id === me.id ? 1 : 0);
  return [...here].sort((one, other) => isMe(other) - isMe(one) || order.compare(one.name, other.name));
}
