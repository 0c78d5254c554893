// What is loaded when the first letter is written, or the bar is opened: all at once.
export { formatted } from './format.ts';
export { FormatKeys } from './format-keys.tsx';
export { Preview } from './preview.tsx';
