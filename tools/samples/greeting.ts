// Types that are stripped, in a file that the worker imports by its .ts ending.
type Greeting = `Good day, ${string}`;

export function greeting(name: string): Greeting {
  return `Good day, ${name}`;
}
