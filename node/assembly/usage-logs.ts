import { UsageIssues } from '../harvest/index.ts';
import { guardedFetch } from '../outbound/index.ts';
import { type Counting, DspaceItems, type ItemIndex, UsageLogs } from '../usage-logs/index.ts';
import type { Foundation } from './foundation.ts';

/** Events that the counting refused since the start, by code. */
type Refusals = () => ReadonlyMap<string, number>;

/** Under which the events that were refused are listed among the issues, beside the logs. */
const EVENTS = 'events';
const TOLD_EVERY_MS = 60_000;

/** Builds what reads the logs of the repository's web server, and starts it. */
export async function startUsageLogs(
  { config, store, userAgent, clock, log, offline, onStop }: Foundation,
  {
    refusals,
    ...parts
  }: { counting: Counting; items: ItemIndex; ready: () => Promise<void>; refusals: Refusals },
): Promise<UsageLogs> {
  const section = store.section('usage-logs');
  const { logs } = config.usage;
  const sites = logs.flatMap(({ siteUrl }) => (siteUrl === undefined ? [] : [siteUrl]));
  const fetch = guardedFetch({ allow: sites, userAgent, timeoutMs: 15_000 });
  const issues = new UsageIssues({ section: store.section('harvest') });
  await issues.keepOnly([...logs.map(({ name }) => name), EVENTS]);
  const usageLogs = new UsageLogs({
    logs,
    section,
    ...parts,
    dspace: new DspaceItems({ section, fetch, clock }),
    issues,
    clock,
    log,
  });
  if (!offline) {
    usageLogs.start();
    onStop(tellRefusals({ issues, refusals, clock, log }));
  }
  onStop(() => usageLogs.stop());
  return usageLogs;
}

/** Lists what the counting refuses among the issues. @returns what ends it */
function tellRefusals({
  issues,
  refusals,
  clock,
  log,
}: Pick<Foundation, 'clock' | 'log'> & { issues: UsageIssues; refusals: Refusals }): () => Promise<void> {
  const abort = new AbortController();
  const telling = (async () => {
    while (!abort.signal.aborted) {
      const report = {
        troubles: [],
        refused: Object.fromEntries(refusals()),
        span: 'since the node was started',
      };
      await issues
        .replace(EVENTS, report, clock.now())
        .catch((error: unknown) => log.error({ err: error }, 'refused events of usage cannot be listed'));
      await clock.sleep(TOLD_EVERY_MS, abort.signal).catch(() => undefined);
    }
  })();
  return async () => {
    abort.abort();
    await telling;
  };
}
