import { stepsTo } from '../../protocols/heads/index.ts';
import { readCountries, readRobotList, Usage, usageFigures, type Sessions } from '../analysis/usage/index.ts';
import type { Foundation } from './foundation.ts';

/**
 * Builds what counts the use of the own items, and starts it.
 * @throws UsageError where a list that the operator gives cannot be read
 */
export async function startCounting(on: Foundation, { sessions }: { sessions: Sessions }): Promise<Usage> {
  const { config, catalogue, store, identity, lineage, metrics, clock, log, onStop } = on;
  const { windowDays, internal, robots, countries } = config.usage;
  const usage = new Usage({
    section: store.section('counting'),
    catalogue,
    sessions,
    windowDays,
    internal,
    ...(robots !== undefined && { robots: await readRobotList(robots) }),
    ...(countries !== undefined && { countries: await readCountries(countries) }),
    clock,
    log,
  });
  await usage.succeed([...stepsTo(lineage, identity.node).keys()]);
  usageFigures(metrics, usage);
  usage.start();
  onStop(() => usage.stop());
  return usage;
}
