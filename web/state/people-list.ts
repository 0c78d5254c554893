import type { Person } from '../../protocol/room.ts';

/** Who is in a crowd, as far as somebody has asked for it (P9). */
export interface PeopleList {
  /** By name, without a hole. */
  readonly people: readonly Person[];
  readonly hasMore: boolean;
  readonly isAsking: boolean;
  /** Why the last page did not come. */
  readonly trouble: string | undefined;
  /** When the list was begun; undefined: not yet. */
  readonly asOf: number | undefined;
}

export const NO_LIST: PeopleList = {
  people: [],
  hasMore: false,
  isAsking: false,
  trouble: undefined,
  asOf: undefined,
};
