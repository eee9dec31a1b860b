import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openStore, type Store } from '../../node/store/index.ts';
import { DspaceItems } from '../../node/usage-logs/index.ts';
import { SiteItemFinder } from '../../node/usage-logs/item-finder.ts';
import { TestClock } from '../support/test-clock.ts';

const SITE = 'https://r.example';
const ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

describe('what a DSpace calls its items', () => {
  let directory: string;
  let store: Store;
  let clock: TestClock;
  let asked: string[];
  let answers: Record<string, object | number>;
  let items: DspaceItems;

  const open = (): DspaceItems =>
    new DspaceItems({
      section: store.section('usage-logs'),
      clock,
      fetch: (address) => {
        asked.push(String(address));
        const answer = answers[String(address)] ?? 404;
        if (typeof answer === 'number') return Promise.resolve(new Response('{}', { status: answer }));
        return Promise.resolve(Response.json(answer));
      },
    });

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-dspace-'));
    store = await openStore(directory);
    clock = new TestClock();
    asked = [];
    answers = {};
    items = open();
  });

  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('is asked of its REST API once, and kept', async () => {
    answers[`${SITE}/server/api/core/items/${ID}`] = { handle: '10029/45', type: 'item' };
    expect(await items.handles(SITE, [`item ${ID}`])).to.deep.equal(['10029/45']);
    expect(await open().handles(SITE, [`item ${ID}`])).to.deep.equal(['10029/45']);
    expect(asked.length).to.equal(1);
  });

  it('is asked for files with the item that has them, and only content is one', async () => {
    const embedded = (name: string): object => ({
      _embedded: { bundle: { name, _embedded: { item: { handle: '10029/45' } } } },
    });
    answers[`${SITE}/server/api/core/bitstreams/${ID}?embed=bundle/item`] = embedded('ORIGINAL');
    const other = ID.replace('7c', '8c');
    answers[`${SITE}/server/api/core/bitstreams/${other}?embed=bundle/item`] = embedded('THUMBNAIL');
    expect(await items.handles(SITE, [`file ${ID}`, `file ${other}`])).to.deep.equal(['10029/45', undefined]);
  });

  it('is asked of the API of DSpace 6 where there is no other', async () => {
    answers[`${SITE}/rest/items/77`] = { handle: '10029/46' };
    answers[`${SITE}/rest/bitstreams/${ID}?expand=parent`] = {
      bundleName: 'ORIGINAL',
      parentObject: { handle: '10029/47' },
    };
    expect(await items.handles(SITE, ['item 77', `file ${ID}`])).to.deep.equal(['10029/46', '10029/47']);
  });

  it('is asked again after a day where nothing was known', async () => {
    expect(await items.handles(SITE, ['item 77'])).to.deep.equal([undefined]);
    answers[`${SITE}/rest/items/77`] = { handle: '10029/46' };
    expect(await items.handles(SITE, ['item 77'])).to.deep.equal([undefined]);
    clock.advance(86_400_000);
    expect(await items.handles(SITE, ['item 77'])).to.deep.equal(['10029/46']);
  });

  it('is not kept where there is none, as there is no end of what there is not', async () => {
    const objects = Array.from({ length: 20 }, (_, i) => `item ${i}`);
    expect(await items.handles(SITE, objects)).to.deep.equal(objects.map(() => undefined));
    expect(await store.section('usage-logs').keys().all()).to.deep.equal([]);
  });

  it('is not told where the repository is silent, which is then left in peace for a while', async () => {
    answers[`${SITE}/rest/items/77`] = 503;
    const failure = async (): Promise<string> =>
      await items.handles(SITE, ['item 77']).then(
        () => 'none',
        (error: { code: string }) => error.code,
      );
    expect(await failure()).to.equal('USAGE_SITE_SILENT');
    expect(await failure()).to.equal('USAGE_SITE_SILENT');
    expect(asked.length).to.equal(1);
    answers[`${SITE}/rest/items/77`] = { handle: '10029/46' };
    clock.advance(60_000);
    expect(await items.handles(SITE, ['item 77'])).to.deep.equal(['10029/46']);
  });

  it('is no more than text: an answer of anything else is none', async () => {
    answers[`${SITE}/rest/items/77`] = { handle: { $ne: 1 } };
    answers[`${SITE}/rest/items/78`] = ['x'];
    expect(await items.handles(SITE, ['item 77', 'item 78'])).to.deep.equal([undefined, undefined]);
  });

  it('finds the record that has the handle', async () => {
    answers[`${SITE}/server/api/core/items/${ID}`] = { handle: '10029/45' };
    const finder = new SiteItemFinder({
      dspace: items,
      siteUrl: SITE,
      index: {
        generation: 1,
        find: (lists) =>
          Promise.resolve(
            lists.map((names) => (names.includes('oai:*:10029/45') ? { key: 'k' } : 'unknown')),
          ),
      },
    });
    const found = await finder.find([
      ['hdl:10029/99'],
      [`dspace-item:${ID.toUpperCase()}`],
      ['dspace-item:../x'],
    ]);
    expect(found).to.deep.equal(['unknown', { key: 'k' }, 'unknown']);
    expect(asked).to.deep.equal([`${SITE}/server/api/core/items/${ID}`]);
  });
});
