import type { VNode } from 'preact';
import type { Author } from '../../protocol/entries.ts';
import type { MemberId } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';
import type { PeopleList } from '../state/people-list.ts';
import { Dialog } from '../controls/dialog.tsx';
import { type CrowdActions, CrowdList } from './crowd-list.tsx';
import { Icon } from './icon.tsx';
import { PersonItem } from './person.tsx';
import { Unchanging } from './redraw.tsx';

export interface PeopleProps extends CrowdActions {
  readonly here: readonly Person[];
  /** How many are here where they are too many for `here`; then `list` says who. */
  readonly crowd: number | undefined;
  readonly list: PeopleList;
  readonly me: Person;
  readonly ignored?: readonly Author[] | undefined;
  readonly choosePerson?: ((person: Person) => void) | undefined;
  readonly heed?: ((id: MemberId) => void) | undefined;
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

function Panel(props: PeopleProps): VNode {
  const { here, crowd, list, listPeople, listMorePeople, me, choosePerson, close } = props;
  return (
    <aside class="people" id="people" aria-labelledby="people-heading">
      <header>
        <h2 id="people-heading">
          Here now <span class="count">{countText(crowd ?? here.length)}</span>
        </h2>
        <button type="button" class="quiet icon-button" aria-label="Close the list" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {crowd === undefined ? (
        <ul>
          {inOrder(here, me).map((person) => (
            <PersonItem key={person.id} person={person} own={person.id === me.id} choosePerson={choosePerson} />
          ))}
        </ul>
      ) : (
        <CrowdList {...{ list, listPeople, listMorePeople, me, choosePerson }} />
      )}
      <IgnoredPeople {...props} />
    </aside>
  );
}

/** Also those who are not here: whoever is ignored can be heeded again. */
function IgnoredPeople({ ignored = [], heed }: PeopleProps): VNode | null {
  if (ignored.length === 0) return null;
  return (
    <section class="ignored-people" aria-labelledby="ignored-heading">
      <h3 id="ignored-heading">You ignore</h3>
      <ul>
        {ignored.map(({ id, name }) => (
          <li key={id}>
            <bdi>{name}</bdi>
            <button type="button" class="quiet" aria-label={`Undo: ignore ${name} no more`} onClick={() => heed?.(id)}>
              Undo
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Oneself first, and the others by name, so that somebody who comes back is where they were. */
function inOrder(here: readonly Person[], me: Person): readonly Person[] {
  const order = new Intl.Collator(undefined, { numeric: true });
  const isMe = (person: Person): number => (person.id === me.id ? 1 : 0);
  return [...here].sort((one, other) => isMe(other) - isMe(one) || order.compare(one.name, other.name));
}

/** 12,345 as this browser's person writes it. */
export function countText(count: number): string {
  return count.toLocaleString();
}
