// A form as a browser sends it without scripts: application/x-www-form-urlencoded.

/** What was typed, by the field's name. What users name keys a Map. */
export type Form = ReadonlyMap<string, string>;

/** The bytes are no form: fields given twice, or no UTF-8. */
export class BadForm extends Error {
  override name = 'BadForm';
  readonly statusCode = 400;
}

/** No page of ours has more. */
const MAX_FIELDS = 16;

/**
 * Throws BadForm. The usual parsers put U+FFFD where the bytes are no text and take one of two values, and so let in what
 * nobody typed.
 */
export function readForm(body: Uint8Array): Form {
  const form = new Map<string, string>();
  const pairs = Buffer.from(body)
    .toString('latin1')
    .split('&', MAX_FIELDS + 1);
  if (pairs.length > MAX_FIELDS) throw new BadForm('The form has too many fields.');
  for (const pair of pairs) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    if (form.has(name)) throw new BadForm('A field of the form was given twice.');
    form.set(name, equals < 0 ? '' : decode(pair.slice(equals + 1)));
  }
  return form;
}

function decode(coded: string): string {
  const bytes = coded
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    throw new BadForm('The form is not in UTF-8.');
  }
}
