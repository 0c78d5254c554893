import type { Outbox } from './connection/outbox.ts';
import type { Items } from './connection/outbox-item.ts';
import { Foreseen, namingIn, NO_NAMING } from './state/foreseen.ts';
import type { RoomState } from './state/room-state.ts';
import type { NamingActions } from './views/room-dialog.tsx';

/** What a member calls the room and says that it is about: shown at once, and in the log when it can be. */
export class NamingDesk {
  readonly actions: NamingActions;
  readonly #foreseen = new Foreseen();
  #naming = NO_NAMING;

  /** `outbox`: undefined until it is known who this tab is. */
  constructor(outbox: () => Pick<Outbox, 'add'> | undefined) {
    this.actions = {
      setTitle: (title) => void outbox()?.add({ kind: 'title', title }),
      setTopic: (topic) => void outbox()?.add({ kind: 'topic', topic }),
    };
  }

  outboxChanged(items: Items): void {
    this.#naming = namingIn(items);
  }

  roomAsNamed(state: RoomState): RoomState {
    return this.#foreseen.of(state, this.#naming);
  }
}
