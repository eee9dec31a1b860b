/**
 * A process of its own: harvests a repository in one of several ways and prints `{ records, seconds, most, own }`.
 *
 *     harvest-run DIRECTORY URL node        as the node does it, into catalogue and feed
 *     harvest-run DIRECTORY URL metadata    the same requests and parsing, the records then dropped
 *     harvest-run DIRECTORY URL fast-xml    the bare work: fetch, parse by fast-xml-parser, JSON into LevelDB
 *     harvest-run DIRECTORY URL saxes       the same with the parser that the node uses
 */
import { existsSync, readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import { Level } from 'level';
import pino from 'pino';
import { Catalogue } from '../../node/catalogue/index.ts';
import { keepHeapCompact } from '../../node/cli/compact-heap.ts';
import { systemClock } from '../../node/clock.ts';
import { Harvester, LanguageThread, stagesWith } from '../../node/harvest/index.ts';
import { Identity } from '../../node/identity/index.ts';
import { guardedFetch } from '../../node/outbound/index.ts';
import { openStore } from '../../node/store/index.ts';
import { OaiPmhClient } from '../../protocols/oai-pmh/index.ts';

const [directory = '', url = '', way = 'node'] = process.argv.slice(2);
const fetchPage = guardedFetch({ allow: [url], userAgent: 'NGR-Node-bench', timeoutMs: 60_000 });

keepHeapCompact();
const ways: Record<string, () => Promise<number>> = {
  node: byNode,
  metadata: byClient,
  'fast-xml': byFastXml,
  saxes: bySaxes,
};
const run = ways[way];
if (run === undefined) throw new Error(`there is no way ${way}`);
let own = 0;
const sampling = setInterval(() => (own = Math.max(own, ownMemory())), 200);
const begun = performance.now();
const records = await run();
const seconds = (performance.now() - begun) / 1_000;
clearInterval(sampling);
const most = process.resourceUsage().maxRSS / 1_024;
process.stdout.write(`${JSON.stringify({ records, seconds, most, own: own === 0 ? most : own })}\n`);

/** Without the files of the database that are mapped into it, which the system takes back as it likes; MB (Linux). */
function ownMemory(): number {
  if (!existsSync('/proc/self/status')) return 0;
  return Number(/^RssAnon:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1_024;
}

async function byNode(): Promise<number> {
  const store = await openStore(directory);
  const clock = systemClock;
  const section = store.section('catalogue');
  const signer = Identity.generate();
  const catalogue = await Catalogue.open({
    section,
    signer,
    base: 'http://bench.example',
    name: 'bench',
    networks: ['test'],
    clock,
  });
  const log = pino({ level: 'error' }, pino.destination(2));
  const languages = new LanguageThread({ clock, log });
  const harvester = new Harvester({
    sources: [{ name: 'bench', type: 'oai-pmh', url, metadataPrefix: 'oai_dc', sets: [] }],
    stages: stagesWith({ languages }),
    catalogue,
    section: store.section('harvest'),
    fetch: fetchPage,
    clock,
    log,
    intervalMs: 3_600_000,
  });
  const [summary] = await harvester.run();
  if (summary?.outcome !== 'complete') throw new Error(`the harvest ended as ${JSON.stringify(summary)}`);
  await harvester.stop();
  await languages.stop();
  const { live } = catalogue.head;
  await store.close();
  return live;
}

/** What a script does that harvests metadata: each record parsed, counted and dropped. */
async function byClient(): Promise<number> {
  const client = new OaiPmhClient({ baseUrl: url, fetch: fetchPage });
  let n = 0;
  for await (const { records } of client.listRecords({ metadataPrefix: 'oai_dc' })) n += records.length;
  return n;
}

interface ParsedPage {
  'OAI-PMH': { ListRecords: { record: unknown[]; resumptionToken?: string | { '#text'?: string } } };
}

async function byFastXml(): Promise<number> {
  const parser = new XMLParser({
    ignoreAttributes: false,
    htmlEntities: true,
    parseTagValue: false,
    isArray: (name) => name === 'record' || name.startsWith('dc:'),
  });
  return await bare(async function* () {
    for (let token: string | undefined; token !== '';) {
      const query = token === undefined ? 'metadataPrefix=oai_dc' : `resumptionToken=${token}`;
      const response = await fetchPage(`${url}?verb=ListRecords&${query}`);
      const page = parser.parse(await response.text()) as ParsedPage;
      const { record, resumptionToken } = page['OAI-PMH'].ListRecords;
      token = typeof resumptionToken === 'string' ? resumptionToken : (resumptionToken?.['#text'] ?? '');
      yield record;
    }
  });
}

async function bySaxes(): Promise<number> {
  const client = new OaiPmhClient({ baseUrl: url, fetch: fetchPage });
  return await bare(async function* () {
    for await (const page of client.listRecords({ metadataPrefix: 'oai_dc' })) yield page.records;
  });
}

async function bare(pages: () => AsyncIterable<unknown[]>): Promise<number> {
  const db = new Level<string, unknown>(directory, { valueEncoding: 'json' });
  let n = 0;
  for await (const page of pages()) {
    await db.batch(page.map((value) => ({ type: 'put', key: String(n++).padStart(9, '0'), value })));
  }
  await db.close();
  return n;
}
