/** What commands.ts obeys, as it is offered and explained. */
export const COMMANDS = [
  { name: 'me', takes: 'waves', does: 'Say what you do' },
  { name: 'nick', takes: 'name', does: 'Take another name here' },
  { name: 'topic', takes: 'words', does: 'Say what the room is about' },
  { name: 'leave', takes: '', does: 'Leave this room' },
  { name: 'help', takes: '', does: 'What one can write here' },
] as const;
