import { describe, expect, test } from 'vitest';
import { isAction } from '../markup/parse.ts';
import { type Command, commandIn } from './commands.ts';

describe('commands', () => {
  test.each<[string, Command]>([
    ['/nick Ada', { kind: 'nick', name: 'Ada' }],
    ['/NICK  Ada Lovelace ', { kind: 'nick', name: 'Ada Lovelace' }],
    ['/topic green tea', { kind: 'topic', topic: 'green tea' }],
    ['/topic', { kind: 'topic', topic: '' }],
    ['/leave', { kind: 'leave' }],
    ['/Help', { kind: 'help' }],
  ])('%s', (text, command) => {
    expect(commandIn(text)).toEqual(command);
  });

  test.each(['hello', '/me waves', '//nick Ada', '/etc/hosts', '/', '/ nick', ' /nick Ada', '/2', 'a\n/nick Ada'])(
    '%j is a message',
    (text) => {
      expect(commandIn(text)).toBeUndefined();
    },
  );

  test.each([
    ['/nick', 'Say which name'],
    ['/me', 'Say what you do'],
    ['/leave now', 'Nothing goes behind /leave.'],
    ['/shrug', 'There is no command /shrug.'],
    ['/привет', 'There is no command /привет.'],
  ])('%s cannot be done, and why is said', (text, words) => {
    const command = commandIn(text);
    expect(command?.kind).toBe('wrong');
    expect(command?.kind === 'wrong' && command.words).toContain(words);
    expect(command?.kind === 'wrong' && command.words).toContain('is still here');
  });

  test('what is a deed is sent, and the other way round', () => {
    for (const text of ['/me waves', '/me', '/me  ', '/ME waves', '/meow'])
      expect(isAction(text)).toBe(commandIn(text) === undefined && !text.startsWith('/ME'));
  });
});
