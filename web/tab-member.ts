// Which member a tab is (H3): one session may have several in one room, each in a tab of its own. The address says so,
// and the tab remembers it, so that it is the same after every reload.
import type { Address, MemberId } from '../protocol/ids.ts';

/** The tab's own memory: the part of sessionStorage that is needed. Any call may throw. */
export type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What the server wrote into the page. */
export interface PageFacts {
  readonly room: Address;
  readonly title: string;
  readonly memberName: string;
  /** The member that the server takes this tab for. */
  readonly as: MemberId | undefined;
}

export function readPage(root: HTMLElement): PageFacts {
  const { room = '', title = '', name = '', as } = root.dataset;
  return { room: room as Address, title, memberName: name, as: as as MemberId | undefined };
}

/** The address decides, then the tab's memory, then the server. */
export function memberOfTab(page: PageFacts, address: URL, storage: TabStorage): MemberId | undefined {
  return (address.searchParams.get('as') as MemberId | null) ?? rememberedMember(page.room, storage) ?? page.as;
}

export function rememberedMember(room: Address, storage: TabStorage): MemberId | undefined {
  try {
    return (storage.getItem(keyOf(room)) as MemberId | null) ?? undefined;
  } catch {
    return undefined;
  }
}

export function rememberMember(room: Address, member: MemberId, storage: TabStorage): void {
  try {
    storage.setItem(keyOf(room), member);
  } catch {
    // Forbidden or full: the address or the server says it after the next reload.
  }
}

/** The tab has left: whoever comes in by it next is not meant. */
export function forgetMember(room: Address, storage: TabStorage): void {
  try {
    storage.removeItem(keyOf(room));
  } catch {
    // Nothing was remembered then.
  }
}

function keyOf(room: Address): string {
  return `snug member ${room}`;
}
