import type { RoomActions } from './room-page.tsx';
import { linus } from './samples.ts';

/** Actions that are written down by their names and do nothing: for the tests of views. */
export function noActions(asked: string[] = []): RoomActions {
  const record = (what: string) => (about?: string | boolean | number) =>
    void asked.push(about === undefined ? what : `${what} ${about}`);
  return {
    write: record('write'),
    send: record('send'),
    retry: record('retry'),
    edit: record('edit'),
    discard: record('discard'),
    editNewest: record('editNewest'),
    saveEdit: record('saveEdit'),
    cancelEdit: record('cancelEdit'),
    deleteEdited: record('deleteEdited'),
    takeEditBack: record('takeEditBack'),
    loadOlder: record('loadOlder'),
    loadNewer: record('loadNewer'),
    loadNewest: record('loadNewest'),
    showAround: record('showAround'),
    landed: () => {},
    showDate: record('showDate'),
    markRead: record('markRead'),
    drawn: (span) => void asked.push(span === undefined ? 'reads along' : 'reads further up'),
    inView: () => {},
    wentFrom: () => {},
    tryNow: record('tryNow'),
    leave: record('leave'),
    listPeople: record('listPeople'),
    listMorePeople: record('listMorePeople'),
    people: () => [linus],
    obey: () => Promise.resolve(undefined),
    react: (target, emoji, isWanted) => void asked.push(`${isWanted ? 'react' : 'unreact'} ${target} ${emoji}`),
    pin: (target, isWanted) => void asked.push(`${isWanted ? 'pin' : 'unpin'} ${target}`),
    reply: record('reply'),
    cancelReply: record('cancelReply'),
    lookUp: () => {},
    listPins: () => {},
    markUnread: () => Promise.resolve(true),
    earlier: () => Promise.resolve(undefined),
    deleteMessage: (target) => void asked.push(`delete ${target}`),
    editMessage: ({ target, text }) => void asked.push(`edit ${target} ${text}`),
    setTitle: record('setTitle'),
    setTopic: record('setTopic'),
    findDirect: () => Promise.resolve({ trouble: 'Nobody is there.' }),
    ignore: ({ name }) => record('ignore')(name),
    heed: record('heed'),
  };
}
