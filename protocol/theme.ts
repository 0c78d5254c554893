// Light or dark, where somebody chose: the page says it in a cookie, so that the server's next page is right from its first frame.

export type Theme = 'light' | 'dark';

export const THEME_COOKIE = 'snug-theme';

/** Undefined for whatever else stands there: then the system's own is followed. */
export function themeNamed(text: string | undefined): Theme | undefined {
  return text === 'light' || text === 'dark' ? text : undefined;
}

/** The ground of the pages (--bg in web/styles/tokens.css): what the browser paints around them. */
export const THEME_COLOURS: Readonly<Record<Theme, string>> = { light: '#fbfaf7', dark: '#111419' };
