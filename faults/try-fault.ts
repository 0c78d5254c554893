import type { Fault } from './fault.ts';
import { Findings } from './findings.ts';
import { lackingOf } from './needs.ts';
import { Site, type SiteParts } from './site.ts';
import type { Result } from './table.ts';

/** Never throws: what it throws is something it has found, beside what it had found before. */
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
  const findings = new Findings();
  try {
    await fault.run(site, rounds, findings);
    await site.sendHome();
    await site.vitals.expectRest(findings);
  } catch (error) {
    findings.broke(`it could not be tried to its end: ${error instanceof Error ? error.stack : String(error)}`);
  } finally {
    await site.close();
  }
  if (site.vitals.summary) findings.note(site.vitals.summary);
  return { kind: 'tried', fault, findings };
}
