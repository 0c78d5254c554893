import type { Address, ClientId, MemberId, NodeId, RoomId, Seq, SessionId, Time } from '../../../protocol/ids.ts';
import type { LogRow, MemberRow, ReactionRow, RoomRow } from '../rows.ts';
import type { Crowd, Known, PresenceRow, Transaction } from '../transaction.ts';
import { MemorySessionRows } from './memory-session-rows.ts';
import { emptyRoom, type MemoryState, pushTo, type RoomState } from './memory-state.ts';

/** Rows are lent as they lie in the state, so saving one has little to do. Nothing is ever rolled back. */
export class MemoryTransaction implements Transaction {
  readonly #state: MemoryState;
  readonly now: Time;
  readonly newId: () => string;
  readonly crowd: Crowd;
  readonly sessions: MemorySessionRows;

  constructor(state: MemoryState, now: Time, newId: () => string, crowd: Crowd) {
    this.#state = state;
    this.now = now;
    this.newId = newId;
    this.crowd = crowd;
    this.sessions = new MemorySessionRows(state);
  }

  room(id: RoomId): RoomRow | undefined {
    return this.#state.rooms.get(id)?.row;
  }

  roomAt(address: Address): RoomRow | undefined {
    const id = this.#state.addresses.get(address);
    return id === undefined ? undefined : this.room(id);
  }

  roomOfPair(pair: string): RoomRow | undefined {
    return [...this.#state.rooms.values()].find(({ row }) => row.pair === pair)?.row;
  }

  addRoom(row: RoomRow): void {
    this.#state.rooms.set(row.id, emptyRoom(row));
    this.#state.addresses.set(row.address, row.id);
  }

  saveRoom(): void {}

  forgetRooms(before: Time, limit: number): void {
    const silent = [...this.#state.rooms.values()].filter(
      ({ row }) => !row.spoken && row.here === 0 && row.visitedAt < before,
    );
    silent.sort((a, b) => a.row.visitedAt - b.row.visitedAt || (a.row.address < b.row.address ? -1 : 1));
    for (const { row } of silent.slice(0, limit)) this.#forgetRoom(row);
  }

  #forgetRoom({ id, address }: RoomRow): void {
    for (const member of this.#state.members.values()) {
      if (member.room !== id) continue;
      this.#state.members.delete(member.id);
      this.#state.indexed.delete(member.id);
      this.#state.bySession.get(member.session)?.delete(member);
    }
    this.#state.rooms.delete(id);
    this.#state.addresses.delete(address);
  }

  member(id: MemberId): MemberRow | undefined {
    return this.#state.members.get(id);
  }

  addMember(row: MemberRow): void {
    this.#state.members.set(row.id, row);
    const ofSession = this.#state.bySession.get(row.session);
    if (ofSession) ofSession.add(row);
    else this.#state.bySession.set(row.session, new Set([row]));
    this.saveMember(row);
  }

  saveMember(row: MemberRow): void {
    const room = this.#room(row.room);
    const before = this.#state.indexed.get(row.id);
    if (before) {
      room.byKey.delete(before.key);
      room.bySkeleton.delete(before.skeleton);
      this.#state.indexed.delete(row.id);
    }
    if (!row.held) return;
    room.byKey.set(row.key, row);
    room.bySkeleton.set(row.skeleton, row);
    this.#state.indexed.set(row.id, { key: row.key, skeleton: row.skeleton });
  }

  saveReading(): void {}

  holders(room: RoomId, key: string, skeleton: string): readonly MemberRow[] {
    const state = this.#room(room);
    const found = [state.byKey.get(key), state.bySkeleton.get(skeleton)].filter((row) => row !== undefined);
    return [...new Set(found)];
  }

  holding(session: SessionId, room?: RoomId): readonly MemberRow[] {
    const rows = [...(this.#state.bySession.get(session) ?? [])];
    return rows.filter((row) => row.held && (room === undefined || row.room === room));
  }

  known(room: RoomId, clientId: ClientId): Known | undefined {
    const row = this.#room(room).known.get(clientId);
    return row && { seq: row.seq, id: row.id, at: row.at };
  }

  message(room: RoomId, seq: Seq): LogRow | undefined {
    const row = this.#room(room).log[seq - 1];
    return row?.kind === 'message' ? row : undefined;
  }

  addEntry(room: RoomId, row: LogRow): void {
    const state = this.#room(room);
    state.log.push(row);
    if (row.clientId !== null) state.known.set(row.clientId, row);
    if (row.target > 0) pushTo(state.changes, row.target, row);
    if (row.kind === 'message') this.#state.messages.push({ room, row });
  }

  edited(room: RoomId, target: LogRow, _: Seq, before: LogRow): void {
    pushTo(this.#room(room).replaced, target.seq, { text: before.body, at: target.editedAt });
  }

  deleted(room: RoomId, target: LogRow): void {
    const state = this.#room(room);
    state.replaced.delete(target.seq);
    state.reactions.delete(target.seq);
    for (const change of state.changes.get(target.seq) ?? []) {
      if (change.kind === 'delete') continue;
      change.kind = 'void';
      change.body = '';
      change.mentions = '';
    }
  }

  pins(room: RoomId): number {
    return this.#room(room).log.filter((row) => row.pinnedSeq > 0).length;
  }

  pinned(): void {}

  reactions(room: RoomId, target: Seq): readonly ReactionRow[] {
    return this.#room(room).reactions.get(target) ?? [];
  }

  reacted(room: RoomId, target: LogRow, reaction: ReactionRow): void {
    pushTo(this.#room(room).reactions, target.seq, reaction);
  }

  unreacted(room: RoomId, target: LogRow, reaction: ReactionRow): void {
    const left = this.reactions(room, target.seq).filter((one) => one.seq !== reaction.seq);
    this.#room(room).reactions.set(target.seq, left);
  }

  presence(room: RoomId, member: MemberId): readonly PresenceRow[] {
    return this.#room(room).presence.get(member) ?? [];
  }

  addPresence(room: RoomId, member: MemberId, row: PresenceRow): void {
    pushTo(this.#room(room).presence, member, row);
  }

  removePresence(room: RoomId, member: MemberId, node: NodeId): void {
    const { presence } = this.#room(room);
    const left = this.presence(room, member).filter((row) => row.node !== node);
    if (left.length > 0) presence.set(member, left);
    else presence.delete(member);
  }

  lease(node: NodeId): Time | undefined {
    return this.#state.leases.get(node);
  }

  saveLease(node: NodeId, until: Time): void {
    this.#state.leases.set(node, until);
  }

  forgetLeases(before: Time): void {
    const inUse = new Set<NodeId>();
    for (const room of this.#state.rooms.values()) {
      for (const rows of room.presence.values()) for (const row of rows) inUse.add(row.node);
    }
    for (const [node, until] of this.#state.leases) {
      if (until < before && !inUse.has(node)) this.#state.leases.delete(node);
    }
  }

  #room(id: RoomId): RoomState {
    const room = this.#state.rooms.get(id);
    if (!room) throw new Error(`There is no room ${id}.`);
    return room;
  }
}
