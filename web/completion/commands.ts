// What a message does that begins with a slash and a word. "/me" is a message like any other: web/markup tells it as a deed.

export type Command =
  | { readonly kind: 'nick'; readonly name: string }
  | { readonly kind: 'topic'; readonly topic: string }
  | { readonly kind: 'leave' | 'help' }
  /** It cannot be done as it stands; the words say why. */
  | { readonly kind: 'wrong'; readonly words: string };

/** A path such as /etc/hosts has more than letters, and "//" is a slash that is meant as one. */
const COMMAND = /^\/(\p{L}+)(?:\s+(.*))?$/su;

/** What is to be done instead of sending the text; undefined where it is a message. */
export function commandIn(text: string): Command | undefined {
  const [, name = '', rest = ''] = COMMAND.exec(text) ?? [];
  const given = rest.trim();
  switch (name.toLowerCase()) {
    case '':
      return undefined;
    case 'me':
      return given === '' ? wrong('Say what you do: /me waves.') : undefined;
    case 'nick':
      return given === '' ? wrong('Say which name: /nick Ada.') : { kind: 'nick', name: given };
    case 'topic':
      return { kind: 'topic', topic: given };
    case 'leave':
    case 'help':
      return given === '' ? { kind: asWritten(name) } : wrong(`Nothing goes behind /${asWritten(name)}.`);
    default:
      return wrong(`There is no command /${name}. To send it as it is, write a second slash before it: //${name}.`);
  }
}

function asWritten(name: string): 'leave' | 'help' {
  return name.toLowerCase() === 'leave' ? 'leave' : 'help';
}

function wrong(words: string): Command {
  return { kind: 'wrong', words: `${words} What you wrote is still here.` };
}
