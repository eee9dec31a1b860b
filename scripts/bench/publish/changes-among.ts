import { writeDocument, changeList, type Entry } from '../../../protocols/resourcesync/index.ts';
import { recordIri, recordKey } from '../../../vocab/record-key.ts';
import type { Record as NgrRecord } from '../../../vocab/record.ts';
import type { Change } from '../../../node/catalogue/index.ts';
import { systemClock } from '../../../node/clock.ts';
import { EntryWriter, PublishedResources, ResourceSyncLog } from '../../../node/publishing/index.ts';
import { recordJsonLd } from '../../../node/http/index.ts';
import { openStore, writeBatch } from '../../../node/store/index.ts';
import { harvestedRecord } from '../filling.ts';

const DAY_MS = 86_400_000;
const BATCH = 500;
const ROUNDS = 7;
const base = 'https://node.example';
const node = '12D3KooWBenchBenchBenchBenchBenchBenchBenchBenchBench';

/**
 * Makes a log of so many records of one day, and changes some of them on the next.
 * @returns how long the list of the second day took, each time it was made, in milliseconds
 */
export async function changesAmong(options: {
  directory: string;
  records: number;
  changes: number;
}): Promise<number[]> {
  const { directory, records, changes } = options;
  const store = await openStore(directory);
  const section = store.section('resource-sync');
  let time = Math.floor(systemClock.now() / DAY_MS) * DAY_MS - DAY_MS;
  const log = new ResourceSyncLog({
    render: (record) => recordJsonLd(record, { base }),
    catalogue: { node },
  });
  await log.open(section);
  let position = 0;
  const put = async (from: number, count: number): Promise<void> => {
    for (let at = from; at < from + count; at += BATCH) {
      const some = Array.from({ length: Math.min(BATCH, from + count - at) }, (_, i): Change => {
        position += 1;
        const holding = aRecord(at + i, position);
        return { position, key: recordKey(node, holding.oaiIdentifier), holding, time };
      });
      await writeBatch(section, await log.apply(some, section), { durable: false });
      log.applied();
    }
  };
  await put(0, records);
  time += DAY_MS;
  await put(records - changes, changes);

  const resources = new PublishedResources({ log, clock: systemClock });
  const writer = new EntryWriter(base);
  const name = new Date(time).toISOString().slice(0, 10);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    const part = await resources.changePart(name, () => false);
    if (part === undefined) throw new Error(`there is no list of ${name}`);
    const snapshot = resources.snapshot();
    const entries: Entry[] = [];
    for await (const rows of resources.rows(part, { replacedToo: true, snapshot })) {
      entries.push(...rows.flatMap((row) => writer.changes(row)));
    }
    await snapshot.close();
    const head = changeList({ capabilityList: base, from: name });
    writeDocument({ ...head, entries });
    if (entries.length !== changes) throw new Error(`${entries.length} changes are listed`);
    times.push(performance.now() - begun);
  }
  await store.close();
  return times;
}

function aRecord(n: number, version: number): NgrRecord {
  const record = harvestedRecord({
    id: String(n),
    title: `Title ${n}, version ${version}`,
    authors: ['Doe, Jane'],
    year: '2026',
  });
  return { ...record, node, id: recordIri(base, recordKey(node, record.oaiIdentifier)) };
}
