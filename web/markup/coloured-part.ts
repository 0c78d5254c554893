/** Each is a colour of tokens.css, by its name there. */
export const CODE_COLOURS = ['comment', 'keyword', 'string', 'number', 'name', 'added', 'removed'] as const;
export type CodeColour = (typeof CODE_COLOURS)[number];

/** From where to where in the code, in code units. */
export type ColouredPart = readonly [CodeColour, number, number];
