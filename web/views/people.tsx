import type { VNode } from 'preact';
import type { Person } from '../../protocol/room.ts';
import { Icon } from './icon.tsx';
import { Avatar, colourClass } from './person.tsx';
import { Unchanging } from './redraw.tsx';

export interface PeopleProps {
  readonly here: readonly Person[];
  readonly me: Person;
  readonly close: () => void;
}

/** Who is in the room now. */
export class People extends Unchanging<PeopleProps> {
  override render(): VNode {
    const { here, me, close } = this.props;
    return (
      <aside class="people" id="people" aria-labelledby="people-heading">
        <header>
          <h2 id="people-heading">
            Here now <span class="count">{here.length}</span>
          </h2>
          <button type="button" class="quiet close" aria-label="Close the list" onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <ul>
          {here.map((person) => (
            <li key={person.id}>
              <Avatar id={person.id} own={person.id === me.id} />
              <bdi class={colourClass(person.id, person.id === me.id)}>{person.name}</bdi>
              {person.id === me.id ? <span class="hint"> you</span> : null}
            </li>
          ))}
        </ul>
      </aside>
    );
  }
}
