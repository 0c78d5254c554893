// Every request by name: what it must look like, and what it is answered with. The gateway's table must serve each.
import type { z } from 'zod';
import { directReply, directRequest } from './direct.ts';
import { hitsReply, mentionsRequest } from './hit.ts';
import { renameReply, renameRequest } from './member.ts';
import {
  changeReply,
  deleteRequest,
  earlierReply,
  earlierRequest,
  editRequest,
  messageReply,
  messageRequest,
  messagesReply,
  messagesRequest,
  pinRequest,
  pinsReply,
  pinsRequest,
  reactRequest,
  unpinRequest,
  unreactRequest,
} from './message.ts';
import type { Refused } from './refusals.ts';
import { done } from './reply.ts';
import {
  catchUpReply,
  catchUpRequest,
  hereReply,
  hereRequest,
  historyReply,
  historyRequest,
  joinReply,
  joinRequest,
  leaveRequest,
  readRequest,
  roomChangeReply,
  roomsReply,
  roomsRequest,
  titleRequest,
  topicRequest,
  unreadRequest,
} from './room.ts';
import { searchRequest } from './search.ts';
import { typingRequest } from './signals.ts';

export const REQUESTS = {
  join: { request: joinRequest, reply: joinReply },
  leave: { request: leaveRequest, reply: done },
  message: { request: messageRequest, reply: messageReply },
  edit: { request: editRequest, reply: changeReply },
  delete: { request: deleteRequest, reply: changeReply },
  react: { request: reactRequest, reply: changeReply },
  unreact: { request: unreactRequest, reply: changeReply },
  pin: { request: pinRequest, reply: changeReply },
  unpin: { request: unpinRequest, reply: changeReply },
  title: { request: titleRequest, reply: roomChangeReply },
  topic: { request: topicRequest, reply: roomChangeReply },
  catchUp: { request: catchUpRequest, reply: catchUpReply },
  history: { request: historyRequest, reply: historyReply },
  messages: { request: messagesRequest, reply: messagesReply },
  pins: { request: pinsRequest, reply: pinsReply },
  earlier: { request: earlierRequest, reply: earlierReply },
  mentions: { request: mentionsRequest, reply: hitsReply },
  search: { request: searchRequest, reply: hitsReply },
  here: { request: hereRequest, reply: hereReply },
  read: { request: readRequest, reply: done },
  unread: { request: unreadRequest, reply: done },
  typing: { request: typingRequest, reply: done },
  rename: { request: renameRequest, reply: renameReply },
  direct: { request: directRequest, reply: directReply },
  rooms: { request: roomsRequest, reply: roomsReply },
} as const;

export type RequestName = keyof typeof REQUESTS;
/** What a client sends. */
export type RequestOf<Name extends RequestName> = z.input<(typeof REQUESTS)[Name]['request']>;
/** What the server has after parsing it. */
export type ParsedRequest<Name extends RequestName> = z.output<(typeof REQUESTS)[Name]['request']>;
export type Granted<Name extends RequestName> = z.output<(typeof REQUESTS)[Name]['reply']>;
export type ReplyTo<Name extends RequestName> = Granted<Name> | Refused;
