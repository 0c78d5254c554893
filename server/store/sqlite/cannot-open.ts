/** The store cannot be opened. `message` is one line for the person who started the server. */
export class CannotOpenStore extends Error {
  override name = 'CannotOpenStore';
}
