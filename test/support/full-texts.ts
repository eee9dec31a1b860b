import { join } from 'node:path';
import { systemClock } from '../../node/clock.ts';
import type { OwnChange } from '../../node/catalogue/index.ts';
import { DocumentIssues } from '../../node/harvest/issues/document-issues.ts';
import { Extractor, FullTexts } from '../../node/harvest/full-text/index.ts';
import { dueRange } from '../../node/harvest/full-text/layout.ts';
import { listIssues } from '../../node/harvest/issues/issue-store.ts';
import type { HarvestIssue } from '../../node/harvest/issues/issue.ts';
import { guardedFetch, type Fetch } from '../../node/outbound/index.ts';
import { recordKey } from '../../vocab/record-key.ts';
import { isTombstone, type Record as NgrRecord } from '../../vocab/record.ts';
import { LeapingClock } from './leaping-clock.ts';
import { MisbehavingFileServer } from './misbehaving-file-server.ts';
import { aCatalogue, silentLog, type TestCatalogue } from './test-catalogue.ts';
import { until } from './until.ts';

/** Full texts over a real store and catalogue, and a server on loopback that has the files. */
export interface TestFullTexts {
  readonly fullTexts: FullTexts;
  readonly test: TestCatalogue;
  readonly clock: LeapingClock;
  readonly server: MisbehavingFileServer;
  /** What goes wrong when issues are taken down. */
  failing: Error | undefined;
  put(...changes: OwnChange[]): Promise<void>;
  /** Resolves when every change was taken in and nothing waits or is being visited. */
  settled(): Promise<void>;
  record(oaiIdentifier?: string): Promise<NgrRecord>;
  keyOf(oaiIdentifier?: string): string;
  /** Open issues: code and address. */
  issues(): Promise<HarvestIssue[]>;
  codes(): Promise<string[]>;
  /** Closes the store and opens it anew, as after a restart. */
  reopen(options?: { mode?: 'index' | 'keep' }): Promise<void>;
  close(): Promise<void>;
}

/** One for all tests of a file: it takes a second to start. Stopped by `stopReading`. */
const extractor = new Extractor({ clock: systemClock });

export const stopReading = async (): Promise<void> => await extractor.stop();

export const OAI_IDENTIFIER = 'oai:repository.example:1';

export async function testFullTexts(
  options: { mode?: 'index' | 'keep'; fetch?: (server: MisbehavingFileServer) => Fetch } = {},
): Promise<TestFullTexts> {
  const clock = new LeapingClock();
  const server = await MisbehavingFileServer.start();
  const fetch =
    options.fetch?.(server) ??
    guardedFetch({ allow: [server.url], userAgent: 'NGR-Node/test', timeoutMs: 30_000 });
  let test = await aCatalogue({ clock });
  let failing: Error | undefined;
  let { fullTexts, caughtUp } = await begin(options.mode ?? 'index');

  async function begin(
    mode: 'index' | 'keep',
  ): Promise<{ fullTexts: FullTexts; caughtUp: () => Promise<void> }> {
    const documentIssues = new DocumentIssues({ section: test.store.section('harvest') });
    const made = new FullTexts({
      mode,
      section: test.store.section('full-text'),
      catalogue: test.catalogue,
      fetch,
      extractor,
      userAgent: 'NGR-Node/test',
      issues: {
        replace: async (subject, problems, now) => {
          if (failing !== undefined) throw failing;
          await documentIssues.replace(subject, problems, now);
        },
        forget: async (subject) => await documentIssues.forget(subject),
      },
      sourceOf: async () => 'test',
      directory: join(test.directory, 'spool'),
      clock,
      log: silentLog,
    });
    const runner = await test.run(made);
    await made.start();
    return { fullTexts: made, caughtUp: () => runner.caughtUp() };
  }

  const keyOf = (oaiIdentifier = OAI_IDENTIFIER): string => recordKey(test.catalogue.node, oaiIdentifier);
  const issues = async (): Promise<HarvestIssue[]> =>
    await listIssues(test.store.section('harvest'), { limit: 1_000 });
  return {
    get failing() {
      return failing;
    },
    set failing(error) {
      failing = error;
    },
    get fullTexts() {
      return fullTexts;
    },
    get test() {
      return test;
    },
    clock,
    server,
    keyOf,
    issues,
    put: async (...changes) => {
      await test.catalogue.put(changes);
    },
    settled: async () => {
      await until(
        'nothing is left to visit',
        async () => {
          await caughtUp();
          const { waiting, current } = fullTexts.state();
          const due = await test.store.section('full-text').keys(dueRange(clock.now())).all();
          return waiting === 0 && current.length === 0 && due.length === 0;
        },
        60_000,
      );
    },
    record: async (oaiIdentifier) => {
      const holding = await test.catalogue.holdings.get(keyOf(oaiIdentifier));
      if (holding === undefined || isTombstone(holding)) throw new Error('no record');
      return holding;
    },
    codes: async () => (await issues()).map(({ code }) => code),
    reopen: async (changed = {}) => {
      await fullTexts.stop();
      test = await test.reopen();
      ({ fullTexts, caughtUp } = await begin(changed.mode ?? options.mode ?? 'index'));
    },
    close: async () => {
      await fullTexts.stop();
      await test.close();
      await server.close();
    },
  };
}
