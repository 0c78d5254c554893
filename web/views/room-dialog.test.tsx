import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { RoomDialog } from './room-dialog.tsx';

afterEach(cleanup);

function setUp(more: { isDirect?: boolean } = {}) {
  const asked: string[] = [];
  render(
    <RoomDialog
      title="Tea"
      topic="scones"
      isDirect={false}
      setTitle={(title) => asked.push(`title ${title}`)}
      setTopic={(topic) => asked.push(`topic ${topic}`)}
      close={() => asked.push('close')}
      {...more}
    />,
  );
  const type = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });
  const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  return { asked, type, save };
}

describe('L17: what a room is called and is about', () => {
  test('is said in one line, and only what has changed', () => {
    const { asked, type, save } = setUp();
    type('Topic', ' scones\n and  jam ');
    save();
    expect(asked).toEqual(['topic scones and jam', 'close']);
  });

  test('may be nothing, for a topic alone', () => {
    const { asked, type, save } = setUp();
    type('Title', ' ');
    type('Topic', '');
    save();
    expect(asked).toEqual([]);
    expect(screen.getByText('Please give a room.')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText('Title'));
    type('Title', 'High  tea');
    save();
    expect(asked).toEqual(['title High tea', 'topic ', 'close']);
  });

  test('is refused beside its field, and stays there as it was typed', () => {
    const { asked, type, save } = setUp();
    type('Topic', 'x'.repeat(251));
    save();
    expect(asked).toEqual([]);
    const field = screen.getByLabelText<HTMLTextAreaElement>('Topic');
    expect([field.value.length, field.getAttribute('aria-invalid')]).toEqual([251, 'true']);
    expect(document.activeElement).toBe(field);
  });

  test('D3: between two there is a topic, and no title to give', () => {
    setUp({ isDirect: true });
    expect(screen.queryByLabelText('Title')).toBeNull();
    expect(screen.getByLabelText('Topic')).toBeTruthy();
  });
});
