import type { Fault } from './fault.ts';
import { Findings } from './findings.ts';
import { lackingOf } from './needs.ts';
import { Site, type SiteParts } from './site.ts';
import type { Result } from './table.ts';

/** Never throws: what it throws is something it has found. */
export async function tryFault(
  fault: Fault,
  rounds: number,
  parts: SiteParts,
  began: (site: Site) => void = () => undefined,
): Promise<Result> {
  const lacking = lackingOf(fault.needs);
  if (lacking.length > 0) return { kind: 'skipped', fault, lacking };
  const site = new Site(parts);
  began(site);
  try {
    return { kind: 'tried', fault, findings: await fault.run(site, rounds) };
  } catch (error) {
    const findings = new Findings();
    findings.broke(`it could not be tried to its end: ${error instanceof Error ? error.stack : String(error)}`);
    return { kind: 'tried', fault, findings };
  } finally {
    await site.close();
  }
}
