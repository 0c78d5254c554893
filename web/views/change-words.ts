import type { RenameEntry, RoomChangeEntry } from '../state/room-state.ts';

/** What somebody did, and the text that it was done with. */
export function toldOf(line: RenameEntry | RoomChangeEntry): readonly [words: string, text: string] {
  switch (line.kind) {
    case 'rename':
      return ['is now', line.name];
    case 'title':
      return ['calls the room', line.title];
    case 'topic':
      return line.topic === '' ? ['took the topic away', ''] : ['set the topic:', line.topic];
  }
}
