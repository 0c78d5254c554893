// Strings that look alike and mean different things: the compiler keeps them apart.

declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** The store's own name of a room. Never on the wire. */
export type RoomId = Branded<string, 'RoomId'>;
/** What a room is meant by in URLs and on the wire: its name, normalised (names.ts). */
export type Address = Branded<string, 'Address'>;
/** One person in one room. Never changes, never goes to another session. */
export type MemberId = Branded<string, 'MemberId'>;
/** Known to the server alone; what a browser holds is a token. */
export type SessionId = Branded<string, 'SessionId'>;
/** One browser, or one script, of a session; as little on the wire as that. */
export type DeviceId = Branded<string, 'DeviceId'>;
/** Differs between two histories of a store, where a seq does not. */
export type EntryId = Branded<string, 'EntryId'>;
/** A UUID, made once per request by the client and kept until the request is settled. */
export type ClientId = Branded<string, 'ClientId'>;
/** One running server process, for as long as its lease lasts. */
export type NodeId = Branded<string, 'NodeId'>;
/** An entry's number in its room: 1, 2, 3, … without holes. 0 stands before the first. */
export type Seq = number;
/** Milliseconds since 1970. */
export type Time = number;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

export function isClientId(text: string): text is ClientId {
  return UUID.test(text);
}
