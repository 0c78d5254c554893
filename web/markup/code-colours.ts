// Which parts of a piece of code have which colour. It is loaded, in a thread of its own, when there is code to colour.
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { createLowlight } from 'lowlight';
import type { CodeColour, ColouredPart } from './coloured-part.ts';

const LANGUAGES = { bash, c, cpp, csharp, css, diff, go, java, javascript, json, php, python, rust, sql, typescript };
const lowlight = createLowlight({ ...LANGUAGES, xml, yaml });

/** By highlight.js's names for what it finds; whatever is not here has the colour of what it stands in. */
const COLOURS: ReadonlyMap<string, CodeColour | undefined> = new Map([
  ...list('comment', 'comment quote'),
  ...list('keyword', 'keyword built_in type selector-tag meta operator doctag'),
  ...list('string', 'string regexp char selector-attr selector-pseudo symbol link code'),
  ...list('number', 'number literal bullet'),
  ...list('name', 'title name section tag attr attribute property params selector-id selector-class'),
  ...list('added', 'addition'),
  ...list('removed', 'deletion'),
  // What is put into a string is code again.
  ['subst', undefined],
]);

function list(colour: CodeColour, names: string): [string, CodeColour][] {
  return names.split(' ').map((name) => [name, colour]);
}

/** In the order of the text, none within another. Empty for a language that is not among these. */
export function coloursOf(language: string, text: string): readonly ColouredPart[] {
  if (!lowlight.registered(language)) return [];
  const parts: ColouredPart[] = [];
  let at = 0;
  const walk = (node: Node, colour: CodeColour | undefined): void => {
    if (node.type === 'text') {
      const end = at + node.value.length;
      const last = parts.at(-1);
      if (colour !== undefined && last?.[0] === colour && last[2] === at)
        parts[parts.length - 1] = [colour, last[1], end];
      else if (colour !== undefined) parts.push([colour, at, end]);
      at = end;
    } else if (node.type === 'element') {
      const own = colourOf(node.properties.className);
      for (const child of node.children) walk(child, own === 'as around' ? colour : own);
    }
  };
  for (const child of lowlight.highlight(language, text).children) walk(child, undefined);
  return parts;
}

type Node = ReturnType<typeof lowlight.highlight>['children'][number];

function colourOf(className: unknown): CodeColour | 'as around' | undefined {
  const [first] = Array.isArray(className) ? className.map(String) : [];
  const name = first?.replace(/^hljs-/u, '') ?? '';
  return COLOURS.has(name) ? COLOURS.get(name) : 'as around';
}
