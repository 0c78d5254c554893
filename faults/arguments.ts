import { parseArgs } from 'node:util';

export interface Arguments {
  /** The faults to try, by their ids; all when nobody says. */
  readonly only: readonly string[] | undefined;
  /** Of each fault; its own when nobody says. */
  readonly rounds: number | undefined;
  readonly seed: number | undefined;
  /** The built program to try them on: its main.js. */
  readonly program: string | undefined;
  /** The table goes into docs/reliability.md. */
  readonly write: boolean;
}

export type ReadArguments = { readonly kind: 'read'; readonly arguments: Arguments } | Refused;
interface Refused {
  readonly kind: 'refused';
  readonly problem: string;
}

/** What follows `npm run faults --`. Nothing that was not understood is left out in silence: it would look like a good run. */
export function readArguments(args: readonly string[], known: readonly string[]): ReadArguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        rounds: { type: 'string' },
        seed: { type: 'string' },
        program: { type: 'string' },
        write: { type: 'boolean', default: false },
      },
    });
    const only = values.only?.split(',');
    const strangers = only?.filter((id) => !known.includes(id)) ?? [];
    if (strangers.length > 0)
      return refused(`There is no fault ${strangers.join(', ')}: known are ${[...new Set(known)].join(', ')}.`);
    if (only && values.write) return refused('--write writes the table of all faults: leave --only out.');
    const rounds = wholeNumber('--rounds', values.rounds, 1);
    const seed = wholeNumber('--seed', values.seed, 0);
    return { kind: 'read', arguments: { only, rounds, seed, program: values.program, write: values.write } };
  } catch (error) {
    // parseArgs tells in a sentence what it does not know.
    return refused(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,10}$/u.test(text) || Number(text) < least)
    throw new Error(`${name} needs a whole number, ${least} or more: "${text}" is none.`);
  return Number(text);
}

function refused(problem: string): Refused {
  return { kind: 'refused', problem };
}
