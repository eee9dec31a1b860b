import { expect } from 'chai';
import { aPut } from '../support/builders.ts';
import { aSite, BROWSER, type TestSite } from './support/a-site.ts';

describe('a page of /records for which much had to be looked at', () => {
  const REACHED = '000000000009!000000000009';
  let site: TestSite;
  before(async () => {
    const index = {
      common: () => Promise.resolve({ members: [], reached: REACHED }),
      count: () => Promise.resolve(0),
    };
    site = await aSite({ parts: { index } });
    await site.put(aPut(1));
  });
  after(async () => {
    await site.close();
  });

  it('may be empty, and leads on behind what was looked at', async () => {
    const path = '/records?access=open&language=en';
    const document = (await (await site.get(path)).json()) as Record<string, unknown>;
    expect(document['orderedItems']).to.deep.equal([]);
    expect(document['totalItems']).to.equal(undefined);
    const next = new URL(String(document['next']));
    expect(next.searchParams.get('before')).to.equal(REACHED);
    expect(next.searchParams.get('language')).to.equal('en');
    expect(await site.page(path, { accept: BROWSER })).to.match(
      /<a rel="next" href="[^"]*before=000000000009/,
    );
  });

  it('leads back in the same way', async () => {
    const document = (await (
      await site.get('/records?access=open&language=en&after=000000000001!000000000001')
    ).json()) as Record<string, unknown>;
    expect(new URL(String(document['prev'])).searchParams.get('after')).to.equal(REACHED);
  });
});
