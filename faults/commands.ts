import { spawnSync } from 'node:child_process';

/** Runs a program of the system to its end, and throws what it says when it fails. */
export function command(program: string, ...args: readonly string[]): string {
  const { PATH = '' } = process.env;
  const done = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, PATH: `${PATH}:/usr/sbin:/sbin` } });
  if (done.status !== 0)
    throw new Error(`${program} ${args.join(' ')} failed: ${done.stderr}${done.error?.message ?? ''}`);
  return done.stdout.trim();
}
