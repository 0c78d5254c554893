import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';

/** Somebody in front of a tab. What is looked for is what a person sees or hears: roles and names. */
export class Person {
  readonly page: Page;
  readonly origin: string;
  readonly composer: Locator;
  readonly transcript: Locator;
  /** The rows of messages, sent and pending, oldest first. */
  readonly messages: Locator;
  /** What each of these rows says: with a mark behind it when it is edited, or has been on its way for a second. */
  readonly texts: Locator;
  /** Who came and went. */
  readonly notices: Locator;

  constructor(page: Page, origin: string) {
    this.page = page;
    this.origin = origin;
    this.composer = page.getByRole('textbox', { name: /^Message to/u });
    this.transcript = page.getByRole('region', { name: 'Messages' });
    this.messages = this.transcript.getByRole('article');
    this.texts = this.messages.locator('.text');
    this.notices = this.transcript.locator('.notice > span');
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  /** A new tab of the same browser, at the same address. */
  async newTab(): Promise<Person> {
    return new Person(await this.context.newPage(), this.origin);
  }

  /** As a person does it, by the login page. */
  async comeIn(name: string, room: string): Promise<this> {
    await this.page.goto(this.origin);
    await this.fillIn(name, room);
    await this.join();
    return this.isIn();
  }

  /** The same without looking at the login page, which costs a second. */
  async appear(name: string, room: string): Promise<this> {
    await this.enter(name, room);
    return this.isIn();
  }

  /** The same, and the page need not have joined its room: it may have no way to. */
  async enter(name: string, room: string): Promise<void> {
    const { origin } = this;
    const form = { name, room };
    const answer = await this.context.request.post(origin, { form, headers: { origin }, maxRedirects: 0 });
    expect(answer.status()).toBe(303);
    await this.page.goto(origin + answer.headers()['location']);
  }

  async fillIn(name: string, room: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Your name' }).fill(name);
    await this.page.getByRole('textbox', { name: 'Room' }).fill(room);
  }

  async join(): Promise<void> {
    await this.page.getByRole('button', { name: 'Join' }).click();
  }

  /** Waits until the page has joined its room: from then on somebody is here. */
  async isIn(): Promise<this> {
    await expect(this.page.getByRole('button', { name: /^People here: [1-9]/u })).toBeVisible();
    return this;
  }

  async leave(): Promise<void> {
    const button = this.page.getByRole('button', { name: 'Leave this room' });
    if (await button.isVisible()) return button.click();
    // There is no room for it on a phone, but in the menu.
    await this.page.getByRole('button', { name: 'More' }).click();
    return this.page.getByRole('menuitem', { name: 'Leave this room' }).click();
  }

  /** Waits until the composer is free for the next: what was written is kept by then. */
  async send(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
    await expect(this.composer).toHaveValue('');
  }

  messagesBy(name: string): Locator {
    return this.transcript.getByRole('article', { name: new RegExp(`^${name}, `, 'u') }).locator('.text');
  }

  /** The names in the list of who is here, sorted. */
  async here(): Promise<string[]> {
    const names = await this.page
      .getByRole('complementary', { name: /^Here now/u })
      .locator('li bdi')
      .allTextContents();
    return names.sort();
  }
}
