import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { Harvester } from '../../../node/harvest/index.ts';
import { guardedFetch } from '../../../node/outbound/index.ts';
import { recordKey } from '../../../vocab/record-key.ts';
import { isTombstone } from '../../../vocab/record.ts';
import { aPut } from '../../support/builders.ts';
import { HastyClock } from '../../support/hasty-clock.ts';
import { aCatalogue, silentLog, type TestCatalogue } from '../../support/test-catalogue.ts';
import { aSite, type TestSite } from '../support/a-site.ts';
import { stages } from '../../support/harvest-stages.ts';

const RECORDS = 250;

describe('a node that is copied by another one’s ResourceSync client', () => {
  let site: TestSite;
  let copy: TestCatalogue;
  let harvester: Harvester;
  let asked: string[];
  /** Whether the node is taken for one without ready dumps. */
  let hidesDumps: boolean;
  const oai = (n: number): string => `oai:repository.example:${n}`;
  const held = async (n: number): Promise<string | undefined> => {
    const holding = await copy.catalogue.holdings.get(recordKey(copy.catalogue.node, oai(n)));
    if (holding === undefined) return undefined;
    return isTombstone(holding) ? 'gone' : holding.titles[0]?.value;
  };

  beforeEach(async () => {
    site = await aSite();
    const clock = new HastyClock();
    copy = await aCatalogue({ clock });
    asked = [];
    hidesDumps = false;
    const fetch = guardedFetch({ allow: [site.url], userAgent: 'NGR-Node/test', timeoutMs: 30_000 });
    harvester = new Harvester({
      sources: [{ name: 'test', type: 'resourcesync', url: 'https://node.example/' }],
      stages,
      catalogue: copy.catalogue,
      section: copy.store.section('harvest'),
      // The node gives its records the addresses under which the world knows it.
      fetch: async (address, init) => {
        const path = String(address).replace('https://node.example', '');
        asked.push(path);
        const answer = await fetch(site.url + path, init);
        if (!hidesDumps || !path.endsWith('/capabilitylist.xml')) return answer;
        return new Response((await answer.text()).replace('capability="resourcedump"', 'capability="none"'));
      },
      clock,
      log: silentLog,
      intervalMs: 3_600_000,
    });
  });
  afterEach(async () => {
    await harvester.stop();
    await copy.close();
    await site.close();
  });

  it('gives all its records in one package, and what changed since by its list of changes', async () => {
    const puts = Array.from({ length: RECORDS }, (_, n) => aPut(n, { titles: [{ value: `Title ${n}` }] }));
    await site.put(...puts.slice(1));
    site.clock.advance(60_000);
    const [last] = await site.put(...puts.slice(0, 1));
    await harvester.run();
    for (let n = 0; n < RECORDS; n++) expect(await held(n)).to.equal(`Title ${n}`);
    // What changed in the very moment of the dump is asked for once more.
    expect(asked.filter((path) => path.startsWith('/records'))).to.deep.equal([`/records/${last}`]);
    expect(asked).to.include('/resourcesync/resourcedump/0-.zip');

    site.clock.advance(60_000);
    await site.put(aPut(1, { titles: [{ value: 'Changed' }] }), {
      type: 'withdraw',
      oaiIdentifier: oai(2),
      reason: 'An error.',
    });
    await harvester.run();
    expect([await held(1), await held(2), await held(3)]).to.deep.equal(['Changed', 'gone', 'Title 3']);
  });

  it('gives all its records in packages on demand, and what changed, too', async () => {
    hidesDumps = true;
    const puts = Array.from({ length: RECORDS }, (_, n) => aPut(n, { titles: [{ value: `Title ${n}` }] }));
    await site.put(...puts);
    site.clock.advance(60_000);
    await harvester.run();
    for (let n = 0; n < RECORDS; n++) expect(await held(n)).to.equal(`Title ${n}`);
    expect(asked.filter((path) => path.startsWith('/records'))).to.deep.equal([]);

    site.clock.advance(60_000);
    const changes = [1, 2, 3].map((n) => aPut(n, { titles: [{ value: `Changed ${n}` }] }));
    const withdrawal = { type: 'withdraw', oaiIdentifier: oai(4), reason: 'An error.' } as const;
    const keys = await site.put(...changes, withdrawal);
    asked.length = 0;
    await harvester.run();
    expect(await Promise.all([1, 2, 3, 4, 5].map(held))).to.deep.equal([
      'Changed 1',
      'Changed 2',
      'Changed 3',
      'gone',
      'Title 5',
    ]);
    expect(asked.filter((path) => path === '/resourcesync/dump')).to.have.length(1);
    // A tombstone is no member of a dump.
    expect(asked.filter((path) => path.startsWith('/records'))).to.deep.equal([`/records/${keys[3]}`]);
  });

  it('tells of each record the very bytes that its address answers', async () => {
    const [key] = await site.put(aPut(1, { abstracts: [{ value: 'Größe & “quotes” <i>', language: 'de' }] }));
    const list = await (await site.get('/resourcesync/resourcelist.xml')).text();
    const answer = await site.get(`/records/${key}`, { accept: '*/*' });
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(list).to.contain(`hash="sha-256:${createHash('sha256').update(bytes).digest('hex')}"`);
    expect(list).to.contain(`length="${bytes.length}"`);
  });
});
