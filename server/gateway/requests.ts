// Every request by name, what it costs, and the act that carries it out. The compiler demands each of them.
import { type Granted, REQUESTS, type RequestName } from '../../protocol/requests.ts';
import { catchUp } from '../rooms/catch-up.ts';
import { titleRoom, topicRoom } from '../rooms/change-room.ts';
import { deleteMessage } from '../rooms/delete-message.ts';
import { editMessage } from '../rooms/edit-message.ts';
import { leaveRoom } from '../rooms/leave-room.ts';
import { listMentions } from '../rooms/list-mentions.ts';
import { listPins } from '../rooms/list-pins.ts';
import { listRooms } from '../rooms/list-rooms.ts';
import { markRead, markUnread } from '../rooms/mark-read.ts';
import { pinMessage, unpinMessage } from '../rooms/pin-message.ts';
import { react, unreact } from '../rooms/react.ts';
import { readEarlier } from '../rooms/read-earlier.ts';
import { readHere } from '../rooms/read-here.ts';
import { readHistory } from '../rooms/read-history.ts';
import { readMessages } from '../rooms/read-messages.ts';
import { renameMember } from '../rooms/rename-member.ts';
import { search } from '../rooms/search.ts';
import { tellTyping } from '../rooms/tell-typing.ts';
import { directPaced, joinPaced, postPaced } from './paced-acts.ts';
import { type Handler, serve } from './serve.ts';

const HANDLERS: { readonly [Name in RequestName]: Handler<Granted<Name>> } = {
  join: serve(REQUESTS.join.request, 'own', joinPaced),
  leave: serve(REQUESTS.leave.request, 'read', leaveRoom),
  message: serve(REQUESTS.message.request, 'own', postPaced),
  edit: serve(REQUESTS.edit.request, 'write', editMessage),
  delete: serve(REQUESTS.delete.request, 'write', deleteMessage),
  react: serve(REQUESTS.react.request, 'write', react),
  unreact: serve(REQUESTS.unreact.request, 'write', unreact),
  pin: serve(REQUESTS.pin.request, 'write', pinMessage),
  unpin: serve(REQUESTS.unpin.request, 'write', unpinMessage),
  title: serve(REQUESTS.title.request, 'write', titleRoom),
  topic: serve(REQUESTS.topic.request, 'write', topicRoom),
  catchUp: serve(REQUESTS.catchUp.request, 'read', catchUp),
  history: serve(REQUESTS.history.request, 'read', readHistory),
  messages: serve(REQUESTS.messages.request, 'read', readMessages),
  pins: serve(REQUESTS.pins.request, 'read', listPins),
  earlier: serve(REQUESTS.earlier.request, 'read', readEarlier),
  mentions: serve(REQUESTS.mentions.request, 'read', listMentions),
  search: serve(REQUESTS.search.request, 'search', search),
  here: serve(REQUESTS.here.request, 'read', readHere),
  read: serve(REQUESTS.read.request, 'read', markRead),
  unread: serve(REQUESTS.unread.request, 'read', markUnread),
  typing: serve(REQUESTS.typing.request, 'typing', tellTyping),
  rename: serve(REQUESTS.rename.request, 'write', renameMember),
  direct: serve(REQUESTS.direct.request, 'read', directPaced),
  rooms: serve(REQUESTS.rooms.request, 'read', listRooms),
};

/** Asked with names that clients send: a Map has no inherited keys. */
const BY_NAME: ReadonlyMap<unknown, Handler<Granted<RequestName>>> = new Map(Object.entries(HANDLERS));

export function handlerOf(name: unknown): Handler<Granted<RequestName>> | undefined {
  return BY_NAME.get(name);
}
