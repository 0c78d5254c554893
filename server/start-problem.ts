/** Why the server cannot start, in one line for the person who starts it. */
export class StartProblem extends Error {
  override name = 'StartProblem';
}

/** What listening failed with, in words. `error` is what a net.Server emits. */
export function listenProblem(error: Error & { code?: string }, host: string, port: number): StartProblem {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartProblem(
        `Port ${port} is in use by another program. Take another one: PORT=${anotherPort(port)} npm start.${airPlay(port)}`,
      );
    case 'EACCES':
      return new StartProblem(
        `Port ${port} may not be used without more rights on this machine. Take one above 1023: PORT=5000 npm start.`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return new StartProblem(
        `HOST is ${JSON.stringify(host)}, which is no address of this machine. Left out, it is 127.0.0.1; HOST=0.0.0.0 listens on all.`,
      );
    default:
      return new StartProblem(`The server cannot listen on ${host}, port ${port}: ${error.message}.`);
  }
}

function anotherPort(port: number): number {
  return port < 65_535 ? port + 1 : 5000;
}

/** macOS itself has listened there since 2021. */
function airPlay(port: number): string {
  return port === 5000 || port === 7000
    ? ' (On a Mac it may be AirPlay: System Settings, General, AirDrop & Handoff.)'
    : '';
}
