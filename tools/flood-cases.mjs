// The floods that are measured (floods.mjs), made (flooder.mjs) and tried as a fault (faults/floods.ts). `limit` is the one of
// SNUG_LIMITS that each reaches at once; those without are held by bounds that say nothing.

/** @type {readonly { flood: string, title: string, limit?: string }[]} */
export const FLOODS = [
  { flood: 'messages', title: 'messages of one session over 30 connections, as fast as they go', limit: 'packets' },
  { flood: 'reads', title: 'joins and whole logs asked for over 30 connections' },
  { flood: 'handshakes', title: 'new connections of one address, as fast as they are answered', limit: 'handshakes' },
  { flood: 'silent', title: '300 connections that never read and never answer' },
  { flood: 'half', title: '1,000 half handshakes' },
  { flood: 'pings', title: 'pings by one who never reads', limit: 'packets' },
  { flood: 'pages', title: 'pages, as fast as they are answered', limit: 'pages' },
  { flood: 'files', title: 'files, as fast as they are answered', limit: 'files' },
  { flood: 'forms', title: 'forms, every other one with a name that nobody may have', limit: 'forms' },
  { flood: 'heads', title: '4,000 half heads of 15 kB, sent anew when they are cut', limit: 'socketsOfAddress' },
];

export const NOBODY = 'nobody';
export const NOT_MEASURED = 'not measured';
