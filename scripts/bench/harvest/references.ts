import { readFile } from 'node:fs/promises';
import pino from 'pino';
import { Citations } from '../../../node/analysis/citations/index.ts';
import { Catalogue, ReaderRunner, type HarvestedRecord } from '../../../node/catalogue/index.ts';
import { systemClock } from '../../../node/clock.ts';
import { extractReferences, parseReference } from '../../../node/harvest/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import { openStore } from '../../../node/store/index.ts';
import { recordKey } from '../../../vocab/record-key.ts';
import { figure, type Printer } from '../figures.ts';
import { harvestedRecord } from '../filling.ts';
import { withDirectory } from '../processes.ts';
import { benchRecords, hasAnthology, root, type BenchRecord } from '../records.ts';

const SAMPLES = new URL('test/harvest/references/', root);
/** Whole texts, and how many references each lists. */
const TEXTS: Readonly<Record<string, number>> = {
  'acl-author-year': 12,
  'ieee-numbered': 12,
  'lncs-numbered': 15,
  'lrec-author-year': 16,
  'tesis-por-capitulos': 7,
};
const BATCH = 500;
const ROUNDS = 20;

/**
 * One reference as it stands in a real list, with the record of the ACL Anthology that it is to, or null where the
 * Anthology has no such work. Half `b` was written when the code was done: its first run gave a precision of 0.992 and a
 * recall of 0.970, and showed two errors in taking names apart, which were mended then.
 */
interface Labelled {
  half: 'a' | 'b';
  style: string;
  text: string;
  cites: string | null;
}

/** Whether references are found in texts, and led to the works in the catalogue that they are to. */
export async function references(printer: Printer): Promise<void> {
  let found = 0;
  let listed = 0;
  for (const [name, count] of Object.entries(TEXTS)) {
    found += extractReferences(await readFile(new URL(`texts/${name}.txt`, SAMPLES), 'utf8')).length;
    listed += count;
  }
  printer.print(figure('harvest', 'references found in whole texts, share', found / listed, 'of 1'));
  if (!hasAnthology) {
    printer.leaveOut('matching of references', '../shared/data is not here');
    return;
  }
  const sample = await labelled();
  const start = performance.now();
  for (let round = 0; round < ROUNDS; round++) for (const { text } of sample) parseReference(text);
  const rate = (ROUNDS * sample.length * 1_000) / (performance.now() - start);
  printer.print(figure('harvest', 'references taken apart', rate, 'references/s'));
  const matches = await withDirectory((directory) => matchesOf(sample, directory));
  const halves = { '': sample, ', half a': ofHalf(sample, 'a'), ', half b': ofHalf(sample, 'b') };
  for (const [name, part] of Object.entries(halves)) {
    const { precision, recall } = scores(part, matches);
    const labels = `${part.length} references${name}`;
    printer.print(figure('harvest', `matching, precision, ${labels}`, precision, 'of 1', { atLeast: 0.98 }));
    printer.print(figure('harvest', `matching, recall, ${labels}`, recall, 'of 1', { atLeast: 0.9 }));
  }
  for (const style of new Set(sample.map(({ style }) => style))) {
    const part = sample.filter((one) => one.style === style);
    const { precision, recall } = scores(part, matches);
    printer.print(figure('harvest', `matching, precision, ${style} (${part.length})`, precision, 'of 1'));
    printer.print(figure('harvest', `matching, recall, ${style} (${part.length})`, recall, 'of 1'));
  }
}

async function labelled(): Promise<Labelled[]> {
  const lines = (await readFile(new URL('sample.jsonl', SAMPLES), 'utf8')).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Labelled);
}

const ofHalf = (sample: readonly Labelled[], half: Labelled['half']): Labelled[] =>
  sample.filter((one) => one.half === half);

/** The Anthology's ids that each reference is led to, in a catalogue of the Anthology and of a record for each reference. */
async function matchesOf(sample: readonly Labelled[], directory: string): Promise<Map<Labelled, string[]>> {
  const store = await openStore(directory);
  const log = pino({ level: 'silent' });
  const clock = systemClock;
  const catalogue = await Catalogue.open({
    section: store.section('catalogue'),
    signer: Identity.generate(),
    base: 'https://node.example',
    name: 'Benchmark',
    networks: ['test'],
    clock,
  });
  const reader = new Citations();
  const runner = new ReaderRunner({ catalogue, reader, section: store.section(reader.name), log, clock });
  try {
    const idOf = new Map<string, string>();
    const keyOf = (id: string): string => recordKey(catalogue.node, `oai:repository.example:${id}`);
    let batch: HarvestedRecord[] = [];
    const put = (): Promise<unknown> => catalogue.put(batch.map((record) => ({ type: 'put', record })));
    for await (const record of benchRecords()) {
      idOf.set(keyOf(record.id), record.id);
      batch.push(citable(record));
      if (batch.length < BATCH) continue;
      await put();
      batch = [];
    }
    batch.push(...sample.map(({ text }, i) => citing(i, text)));
    await put();
    await runner.start();
    await runner.caughtUp();
    const matches = new Map<Labelled, string[]>();
    for (const [i, reference] of sample.entries()) {
      const { works } = await reader.cites([keyOf(`sample-${i}`)], { limit: 10 });
      matches.set(
        reference,
        works.flatMap((work) => work.works.map((key) => idOf.get(key) ?? key)),
      );
    }
    return matches;
  } finally {
    await runner.stop();
    await catalogue.close();
    await store.close();
  }
}

/** With its proceedings and pages, as a repository gives them in dc:source. */
function citable(record: BenchRecord): HarvestedRecord {
  const { source, pages } = record;
  const place = { ...(source !== undefined && { title: source }), ...(pages !== undefined && { pages }) };
  return { ...harvestedRecord(record), source: place };
}

function citing(i: number, text: string): HarvestedRecord {
  const record = harvestedRecord({ id: `sample-${i}`, title: '', authors: [], year: '' });
  return { ...record, references: [parseReference(text)] };
}

function scores(
  sample: readonly Labelled[],
  matches: ReadonlyMap<Labelled, readonly string[]>,
): { precision: number; recall: number } {
  let [right, given, wanted] = [0, 0, 0];
  for (const reference of sample) {
    const found = matches.get(reference) ?? [];
    given += found.length;
    wanted += Number(reference.cites !== null);
    right += found.filter((id) => id === reference.cites).length;
  }
  return { precision: right / given, recall: right / wanted };
}
