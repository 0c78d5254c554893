import { Fragment, type VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Person } from '../../protocol/room.ts';
import type { PeopleList } from '../state/people-list.ts';
import { PersonItem } from './person.tsx';
import { timeOfDay } from './time-text.ts';

export interface CrowdActions {
  /** The list of people in a crowd from its beginning, and the next page of it. */
  readonly listPeople: () => void;
  readonly listMorePeople: () => void;
}

export interface CrowdListProps extends CrowdActions {
  readonly list: PeopleList;
  readonly me: Person;
  readonly choosePerson?: ((person: Person) => void) | undefined;
}

/** Who is here where they are too many to be told of one by one: a page at a time, and as of when it was asked for. */
export function CrowdList({ list, me, choosePerson, listPeople, listMorePeople }: CrowdListProps): VNode {
  // Each time it is opened it is asked for: what was shown before may be hours old.
  useEffect(listPeople, []);
  const { people, asOf } = list;
  const others = people.filter(({ id }) => id !== me.id);
  return (
    <Fragment>
      <div class="crowd">
        <p class="hint">
          So many are here that nobody is told who comes and goes.
          {asOf === undefined ? null : ` This is the list of ${timeOfDay(asOf)}, by name.`}
        </p>
        {asOf === undefined ? null : (
          <button type="button" onClick={() => listPeople()}>
            Bring it up to date
          </button>
        )}
      </div>
      <ul>
        {[me, ...others].map((person) => (
          <PersonItem key={person.id} person={person} own={person.id === me.id} choosePerson={choosePerson} />
        ))}
      </ul>
      <Rest list={list} more={listMorePeople} />
    </Fragment>
  );
}

function Rest({ list, more }: { list: PeopleList; more: () => void }): VNode | null {
  const { hasMore, isAsking, trouble } = list;
  if (isAsking) return <p class="rest">Asking who is here …</p>;
  if (!hasMore && trouble === undefined) return null;
  return (
    <p class="rest">
      {trouble === undefined ? null : <span class="trouble">{`The list could not be loaded. ${trouble}`}</span>}
      <button type="button" onClick={() => more()}>
        {trouble === undefined ? 'Show more people' : 'Try again'}
      </button>
    </p>
  );
}
