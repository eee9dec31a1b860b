import { expect } from 'chai';
import type { LookedUpCopy } from '../../node/federation/index.ts';
import { toNQuads, type JsonLdObject } from '../../vocab/json-ld/index.ts';
import { isTombstone } from '../../vocab/record.ts';
import { aPut } from '../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';
import { aSite, type TestSite } from './support/a-site.ts';

describe('copies at institutions that are not followed', () => {
  let site: TestSite;
  let other: TestCatalogue;
  let own: string;
  let theirs: string;
  before(async () => {
    const known = new Map<string, LookedUpCopy[]>();
    site = await aSite({
      parts: {
        lookups: { copiesOf: (key) => Promise.resolve(known.get(key) ?? []), filter: undefined },
      },
    });
    other = await aCatalogue({ base: 'https://far.example' });
    const titles = [{ value: 'Open access policies in Ghana' }];
    [own = ''] = await site.put(aPut(1, { titles }));
    theirs = (await other.catalogue.put([aPut(1, { titles })]))[0]?.key ?? '';
    const record = await other.catalogue.holdings.get(theirs);
    if (record === undefined || isTombstone(record)) throw new Error('there is no record');
    const reasons = ['title+author+year:open access policies in ghana/knoth/2016'];
    known.set(own, [{ key: theirs, record, institution: 'Far <University>', reasons }]);
  });
  after(async () => {
    await site.close();
    await other.close();
  });

  it('are named on the record’s page, and lead to their own institution', async () => {
    const page = await site.page(`/records/${own}`);
    expect(page).to.contain('Also found at institutions whose records are not kept here:');
    expect(page)
      .to.contain(`href="https://far.example/records/${theirs}"`)
      .and.contain('Far &lt;University&gt;');
    expect(page).not.to.contain('No other copy of this work is known');
  });

  it('are among /records/{key}/duplicates, marked as what they are', async () => {
    const list = (await (await site.get(`/records/${own}/duplicates`)).json()) as JsonLdObject & {
      orderedItems: { id: string; lookedUp?: boolean; reasons: string[] }[];
    };
    expect(list.orderedItems.map(({ id, lookedUp }) => ({ id, lookedUp }))).to.deep.equal([
      { id: `https://far.example/records/${theirs}`, lookedUp: true },
    ]);
    expect(list.orderedItems[0]?.reasons[0]).to.contain('title+author+year');
    expect(await toNQuads(list)).to.contain('<https://w3id.org/ngr#lookedUp> "true"');
  });

  it('are not records of this node', async () => {
    expect((await site.get(`/records/${theirs}`)).status).to.equal(404);
  });
});
