// Every request by name, and the act that carries it out. The compiler demands each of them.
import { type Granted, REQUESTS, type RequestName } from '../../protocol/requests.ts';
import { catchUp } from '../rooms/catch-up.ts';
import { deleteMessage } from '../rooms/delete-message.ts';
import { editMessage } from '../rooms/edit-message.ts';
import { joinRoom } from '../rooms/join-room.ts';
import { leaveRoom } from '../rooms/leave-room.ts';
import { listRooms } from '../rooms/list-rooms.ts';
import { markRead } from '../rooms/mark-read.ts';
import { postMessage } from '../rooms/post-message.ts';
import { react, unreact } from '../rooms/react.ts';
import { readHistory } from '../rooms/read-history.ts';
import { renameMember } from '../rooms/rename-member.ts';
import { type Handler, serve } from './serve.ts';

const HANDLERS: { readonly [Name in RequestName]: Handler<Granted<Name>> } = {
  join: serve(REQUESTS.join.request, joinRoom),
  leave: serve(REQUESTS.leave.request, leaveRoom),
  message: serve(REQUESTS.message.request, postMessage),
  edit: serve(REQUESTS.edit.request, editMessage),
  delete: serve(REQUESTS.delete.request, deleteMessage),
  react: serve(REQUESTS.react.request, react),
  unreact: serve(REQUESTS.unreact.request, unreact),
  catchUp: serve(REQUESTS.catchUp.request, catchUp),
  history: serve(REQUESTS.history.request, readHistory),
  read: serve(REQUESTS.read.request, markRead),
  rename: serve(REQUESTS.rename.request, renameMember),
  rooms: serve(REQUESTS.rooms.request, listRooms),
};

/** Asked with names that clients send: a Map has no inherited keys. */
const BY_NAME: ReadonlyMap<unknown, Handler<Granted<RequestName>>> = new Map(Object.entries(HANDLERS));

export function handlerOf(name: unknown): Handler<Granted<RequestName>> | undefined {
  return BY_NAME.get(name);
}
