/** Made by tools/emoji-list.mjs while the pages are built. */
declare module 'virtual:emoji-list' {
  export const EMOJI: readonly (readonly [emoji: string, label: string, tags: string, group: number, tones: number])[];
}
