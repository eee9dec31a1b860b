import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  sampleDirectory,
  startSampleRepository,
  type RunningSampleRepository,
} from '../../node/sample/index.ts';
import { NodeProcess, temporaryDirectory } from '../support/node-process.ts';
import { until } from '../support/until.ts';
import { found, foundInData, OTHER_READER, READER, tracesOf, type MarkedReader } from './traces.ts';

/** After a count that took a second on a busy machine, the next one waits for nine. */
const LONG_MS = 2 * 60_000;
const SITE_KEY = 'a-key-of-the-repository';
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
/** Everything that tells of usage, of items, or of the node's work. */
const SHOWN = [
  '/usage',
  '/metrics',
  '/records',
  '/peers',
  '/assessments/ngr-behaviours',
  '/health/ready',
  '/counter/r51/status',
  '/counter/r51/reports/ir?begin_date=2020-01&end_date=2040-12',
  '/oai?verb=Identify',
];

interface List {
  orderedItems: { id: string; type: string; oaiIdentifier: string }[];
}

/** Two institutions as two processes: one is used by readers, the other hears what it tells. */
describe('readers of a node, in a network', function () {
  this.timeout(5 * 60_000);
  const traces = [READER, OTHER_READER].map(tracesOf);
  let repository: RunningSampleRepository;
  let used: NodeProcess;
  let hearing: NodeProcess;
  let logs: string;
  let level: string | undefined;

  before(async () => {
    level = process.env['NGR_LOG_LEVEL'];
    process.env['NGR_LOG_LEVEL'] = 'trace';
    repository = await startSampleRepository({ directory: await sampleDirectory('wyreford') });
    logs = await temporaryDirectory();
    await writeFile(join(logs, 'access.log'), '');
    const data = await temporaryDirectory();
    const config = join(data, 'ngr.config.json');
    await writeFile(
      config,
      JSON.stringify({
        http: { trustProxy: true },
        usage: {
          sites: [{ name: 'Wyreford', key: SITE_KEY }],
          logs: [
            {
              name: 'web server',
              path: join(logs, 'access.log'),
              rules: [{ path: '^/item/(.+)$', kind: 'request' }],
            },
          ],
        },
      }),
    );
    used = await NodeProcess.start(
      ['--config', config, '--oai', repository.url, '--name', 'Wyreford', '--network', 'test'],
      data,
    );
    hearing = await NodeProcess.start(['--no-sample', '--network', 'test', '--bootstrap', used.address]);
    await until('the records', async () => (await items()).length > 5);
    await use(await items());
    const requestsAt = async (node: NodeProcess): Promise<number> =>
      Number((await node.get('/usage')).document['requests']);
    await until('all ten requests', async () => (await requestsAt(used)) === 10, LONG_MS);
    await until('usage at the other node', async () => (await requestsAt(hearing)) > 0, LONG_MS);
  });
  after(async () => {
    if (level === undefined) delete process.env['NGR_LOG_LEVEL'];
    else process.env['NGR_LOG_LEVEL'] = level;
    for (const node of [used, hearing]) await node.remove();
    await rm(logs, { recursive: true });
    await repository.close();
  });

  async function items(): Promise<List['orderedItems']> {
    const { document } = await used.get<List>('/records?limit=50');
    return document.orderedItems.filter(({ type }) => type !== 'Tombstone');
  }

  /** All ways in which the node hears of readers. */
  async function use(of: List['orderedItems']): Promise<void> {
    for (const [n, reader] of [READER, OTHER_READER].entries()) {
      const [first, second, third, fourth] = of.slice(n, n + 4).map((item) => item.oaiIdentifier);
      const key = { authorization: `Bearer ${SITE_KEY}` };
      await fetch(`${used.url}/tracker?${query(reader, first)}&site_key=${SITE_KEY}`);
      await fetch(`${used.url}/tracker`, {
        method: 'POST',
        headers: { ...key, 'content-type': 'application/x-www-form-urlencoded' },
        body: query(reader, second),
      });
      const batch = await fetch(`${used.url}/tracker`, {
        method: 'POST',
        headers: { ...key, 'content-type': 'text/plain' },
        body: [
          query(reader, third),
          query(reader, fourth),
          // What is refused: another's item, a time to come, half a line, an address with something behind it.
          query(reader, 'oai:unknown.example:1'),
          query(reader, first, { url_tim: '2099-01-01T00:00:00Z' }),
          query(reader, first).slice(0, 100),
          query(reader, first, { req_id: `${reader.address}%00` }),
        ].join('\n'),
      });
      const taken = (await batch.json()) as { taken: number; refused: object[] };
      expect(taken.taken).to.equal(2);
      expect(taken.refused).to.have.length(4);
      const fifth = of[n + 4]?.oaiIdentifier ?? '';
      await appendFile(
        join(logs, 'access.log'),
        [
          logLine(reader, `/item/${fifth}`),
          logLine(reader, '/nothing/there'),
          logLine(reader, '').slice(0, 60),
          '',
        ].join('\n'),
      );
      const own = {
        'user-agent': reader.userAgent,
        'x-forwarded-for': reader.address,
        referer: reader.referrer,
      };
      const { pathname } = new URL(of[n]?.id ?? '');
      for (const [path, accept] of [
        [pathname, BROWSER],
        [pathname, 'application/ld+json'],
        ['/search?q=water', BROWSER],
        ['/nothing/there', BROWSER],
        ['/tracker?url_ver=1', BROWSER],
      ] as const) {
        await (await fetch(used.url + path, { headers: { ...own, accept } })).text();
      }
      await fetch(`${used.url}/records/${pathname.split('/').at(-1)}/related/feedback`, {
        method: 'POST',
        headers: { ...own, 'content-type': 'application/x-www-form-urlencoded' },
        body: `item=${of[n + 1]?.id.split('/').at(-1) ?? ''}`,
      });
      await fetch(`${used.url}/inbox`, {
        method: 'POST',
        headers: { ...own, 'content-type': 'application/ld+json' },
        body: '{"@context":"https://www.w3.org/ns/activitystreams","type":"Announce"}',
      });
    }
  }

  function query(reader: MarkedReader, item = '', more: Record<string, string> = {}): string {
    return new URLSearchParams({
      url_ver: 'Z39.88-2004',
      url_tim: new Date().toISOString(),
      req_id: reader.address,
      req_dat: reader.userAgent,
      rfr_dat: reader.referrer,
      rfr_id: 'repository.example',
      'rft.artnum': item,
      svc_dat: 'https://repository.example/file.pdf',
      rft_dat: 'Request',
      ...more,
    }).toString();
  }

  /** In the combined format of Apache and nginx. */
  function logLine({ address, userAgent, referrer }: MarkedReader, path: string): string {
    const [, month, day, year, time] =
      /^\w+ (\w+) (\d+) (\d+) ([\d:]+)/.exec(new Date().toUTCString().replace(/, (\d+) (\w+)/, ' $2 $1')) ??
      [];
    return `${address} - numbat [${day}/${month}/${year}:${time} +0000] "GET ${path} HTTP/1.1" 200 5000 "${referrer}" "${userAgent}"`;
  }

  const foundIn = (bytes: Buffer): string[] => traces.flatMap((one) => found(one, bytes));

  it('are in nothing that either node shows', async () => {
    for (const node of [used, hearing]) {
      for (const path of SHOWN) {
        for (const accept of [BROWSER, 'application/ld+json', 'text/csv']) {
          const answer = await fetch(node.url + path, { headers: { accept } });
          expect(foundIn(Buffer.from(await answer.arrayBuffer())), `${path} ${accept}`).to.deep.equal([]);
        }
      }
    }
  });

  it('are in nothing that the manager is told', async () => {
    for (const path of [
      '/usage',
      '/usage/logs',
      '/issues',
      '/notifications',
      '/related-feedback',
      '/status',
    ]) {
      const told = JSON.stringify(await used.api('GET', path));
      expect(told.length, path).to.be.greaterThan(10);
      expect(foundIn(Buffer.from(told)), path).to.deep.equal([]);
    }
  });

  it('are in no log and in no file of either, when they have ended', async () => {
    for (const node of [used, hearing]) {
      expect(await node.stop()).to.equal(0);
      const log = node.complaints.join('\n');
      expect(log).to.contain('"level":');
      expect(foundIn(Buffer.from(log))).to.deep.equal([]);
      for (const one of traces) expect(await foundInData(one, node.data)).to.deep.equal([]);
    }
    expect(used.complaints.join('\n')).to.contain('usage events are refused');
  });
});
