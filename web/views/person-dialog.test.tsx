import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { PersonDialog } from './person-dialog.tsx';
import { linus } from './samples.ts';

afterEach(cleanup);

function setUp(isIgnored: boolean, canWrite = true) {
  const done: string[] = [];
  render(
    <PersonDialog
      person={linus}
      isIgnored={isIgnored}
      writeTo={canWrite ? ({ name }) => done.push(`write to ${name}`) : undefined}
      ignore={({ name }) => done.push(`ignore ${name}`)}
      heed={(id) => done.push(`heed ${id}`)}
      close={() => done.push('close')}
    />,
  );
  return { done, press: (name: string) => fireEvent.click(screen.getByRole('button', { name })) };
}

test('somebody can be written to, be ignored, and be heeded again', () => {
  const first = setUp(false);
  first.press('Write to Linus directly');
  first.press('Ignore');
  expect(first.done).toEqual(['write to Linus', 'close', 'ignore Linus', 'close']);
  cleanup();
  const second = setUp(true, false);
  expect(screen.queryByText(/Write to/u)).toBeNull();
  second.press('Ignore no more');
  expect(second.done).toEqual(['heed m-linus', 'close']);
});
