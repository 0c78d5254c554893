import type { RoomActions } from './room-page.tsx';

/** Actions that are written down by their names and do nothing: for the tests of views. */
export function noActions(asked: string[] = []): RoomActions {
  const record = (what: string) => (about?: string | boolean) =>
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
    drawn: (span) => void asked.push(span === undefined ? 'reads along' : 'reads further up'),
    inView: () => {},
    wentFrom: () => {},
    tryNow: record('tryNow'),
    leave: record('leave'),
    listPeople: record('listPeople'),
    listMorePeople: record('listMorePeople'),
    setTitle: record('setTitle'),
    setTopic: record('setTopic'),
    findDirect: () => Promise.resolve({ trouble: 'Nobody is there.' }),
    ignore: ({ name }) => record('ignore')(name),
    heed: record('heed'),
  };
}
