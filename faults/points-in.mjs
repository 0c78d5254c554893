// Where a built file of the server can be made to fail: at the beginning of every function, method and longer callback.
// As the compiler writes them: a line each, indented by four.

const FUNCTION = /^(?:export )?(?:async )?function \*?(\w+)\(.*\) \{$/u;
const CLASS = /^(?:export )?class (\w+)/u;
const METHOD = /^ {4}(?:static )?(?:async )?(?:get )?(#?\w+)\(.*\) \{$/u;
/** Before `super` nothing of an object is there, and what is made at the start is made once. */
const CONSTRUCTOR = 'constructor';
const CALLBACK = /=> \{$/u;
/** What a callback is called after: an event or a path, or what it is kept in. */
const LABELS = [
  /(\w+)\('([^']*)', /u,
  /([#\w]+) (?:=|\?\?=) .*=> \{$/u,
  /(\w+): .*=> \{$/u,
  /\.(\w+)\([^()]*\(?.*=> \{$/u,
];

/**
 * The name of the point that begins behind each line; undefined for a line with none. `file` is as `rooms/join-room`.
 * @param {string} file
 * @param {string} source
 * @returns {(string | undefined)[]}
 */
export function pointsIn(file, source) {
  /** @type {string | undefined} */
  let owner;
  let within = '';
  /** @type {Map<string, number>} */
  const known = new Map();
  /** @param {string} name */
  const named = (name) => {
    const count = (known.get(name) ?? 0) + 1;
    known.set(name, count);
    return `${file} ${name}${count > 1 ? ` ${count}` : ''}`;
  };
  return source.split('\n').map((line) => {
    if (line === '}') owner = undefined;
    owner = CLASS.exec(line)?.[1] ?? owner;
    const [, plain] = FUNCTION.exec(line) ?? [];
    const [, method] = (owner === undefined ? null : METHOD.exec(line)) ?? [];
    if (plain !== undefined || method !== undefined) {
      within = method === undefined ? `${plain}` : `${owner}.${method}`;
      return method === CONSTRUCTOR ? undefined : named(within);
    }
    return CALLBACK.test(line) ? named(`${within} ${labelOf(line)}`) : undefined;
  });
}

/** @param {string} line */
function labelOf(line) {
  for (const label of LABELS) {
    const words = label.exec(line)?.slice(1);
    if (words) return words.join(' ');
  }
  return 'callback';
}
