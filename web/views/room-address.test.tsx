import { cleanup, createEvent, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import type { Address } from '../../protocol/ids.ts';
import { RoomAddress } from './room-address.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const room = 'чай & кофе' as Address;
const working = /\/chat\/%D1%87%D0%B0%D0%B9%20%26%20%D0%BA%D0%BE%D1%84%D0%B5$/u;

test('point 2: the link is shown as people read it, and copied by hand as it works everywhere', () => {
  const { container } = render(<RoomAddress room={room} />);
  const address = container.querySelector('.address')!;
  expect(address.textContent).toMatch(/\/chat\/чай & кофе$/u);
  const copied: string[] = [];
  const event = createEvent.copy(address);
  Object.defineProperty(event, 'clipboardData', { value: { setData: (_: string, text: string) => copied.push(text) } });
  fireEvent(address, event);
  expect(event.defaultPrevented).toBe(true);
  expect(copied[0]).toMatch(working);
});

test('the button copies the link that works everywhere, and says so', async () => {
  const copied: string[] = [];
  vi.stubGlobal('navigator', { clipboard: { writeText: async (text: string) => void copied.push(text) } });
  render(<RoomAddress room={room} />);
  fireEvent.click(screen.getByRole('button', { name: 'Copy link' }));
  await screen.findByText('Copied.');
  expect(copied[0]).toMatch(working);
});

test('where a page may not copy it says what to do instead', async () => {
  vi.stubGlobal('navigator', {});
  render(<RoomAddress room={room} />);
  fireEvent.click(screen.getByRole('button', { name: 'Copy link' }));
  await screen.findByText(/select the link and copy it/u);
});
