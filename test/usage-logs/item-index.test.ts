import { expect } from 'chai';
import { ItemIndex } from '../../node/usage-logs/index.ts';
import { recordKey } from '../../vocab/record-key.ts';
import { aPut } from '../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';

const FILE = 'https://r.example/bitstreams/7c9e6679-7425-40de-944b-e07fc1f90ae7/download';
const PAGE = 'http://r.example:8080/12/';

describe('the index of items', () => {
  let test: TestCatalogue;
  let index: ItemIndex;
  let caughtUp: () => Promise<void>;
  const keyOf = (n: number): string => recordKey(test.identity.node, `oai:repository.example:${n}`);
  const find = async (...names: string[]): Promise<unknown> => (await index.find([names]))[0];

  beforeEach(async () => {
    test = await aCatalogue();
    index = new ItemIndex({ self: test.identity.node });
    await test.catalogue.put([
      aPut(1, {
        identifiers: [
          { scheme: 'doi', value: '10.5555/abc' },
          { scheme: 'handle', value: '10029/45' },
          { scheme: 'url', value: PAGE },
        ],
        files: [{ url: FILE, access: 'open' }],
      }),
      aPut(2, { files: [{ url: 'https://r.example/a%20b.pdf?sequence=1&isAllowed=y', access: 'open' }] }),
    ]);
    const runner = await test.run(index);
    caughtUp = () => runner.caughtUp();
    await caughtUp();
  });

  afterEach(() => test.close());

  for (const name of [
    'oai:repository.example:1',
    'oai:*:1',
    'https://doi.org/10.5555/ABC',
    'doi:10.5555/abc',
    'hdl:10029/45',
    'http://hdl.handle.net/10029/45',
    PAGE,
    'https://r.example:8080/12',
    FILE,
    'dspace-file:7C9E6679-7425-40de-944b-e07fc1f90ae7',
  ])
    it(`knows a record as ${name}`, async () => expect(await find(name)).to.deep.equal({ key: keyOf(1) }));

  it('knows a file whatever its address is written like', async () => {
    for (const address of ['http://r.example/a b.pdf', 'https://r.example/a%20b.pdf?download=1'])
      expect(await find(address), address).to.deep.equal({ key: keyOf(2) });
  });

  it('knows a record by its key and its address', async () => {
    expect(await find(keyOf(1))).to.deep.equal({ key: keyOf(1) });
    expect(await find(`https://node.example/records/${keyOf(2)}`)).to.deep.equal({ key: keyOf(2) });
  });

  it('takes the first name under which one is known', async () => {
    expect(await find('hdl:10029/99', 'oai:*:2', 'oai:*:1')).to.deep.equal({ key: keyOf(2) });
  });

  it('knows nothing of what is not there, nor of no names', async () => {
    expect(await index.find([['hdl:10029/99'], [], ['no name']])).to.deep.equal([
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  it('cannot tell which of several records is meant by a name that all have', async () => {
    await test.catalogue.put([aPut(3, { identifiers: [{ scheme: 'handle', value: '10029/45' }] })]);
    await caughtUp();
    expect(await find('hdl:10029/45')).to.equal('ambiguous');
    expect(await find('hdl:10029/45', 'oai:*:3')).to.deep.equal({ key: keyOf(3) });
  });

  it('forgets names that a record no longer has, and records that are gone; and says that it changed', async () => {
    const before = index.generation;
    await test.catalogue.put([aPut(1, { identifiers: [{ scheme: 'doi', value: '10.5555/abc' }] })]);
    await test.catalogue.put([
      {
        type: 'delete',
        oaiIdentifier: 'oai:repository.example:2',
        datestamp: '2026-02-01T00:00:00Z',
        reason: 'gone',
      },
    ]);
    await caughtUp();
    expect(index.generation).to.be.greaterThan(before);
    expect(await find('hdl:10029/45')).to.equal('unknown');
    expect(await find('doi:10.5555/abc')).to.deep.equal({ key: keyOf(1) });
    expect(await find('oai:*:2')).to.equal('unknown');
    expect(await find(keyOf(2))).to.equal('unknown');
  });

  it('is not disturbed by changes of nothing that names an item', async () => {
    const before = index.generation;
    await test.catalogue.put([
      aPut(2, {
        titles: [{ value: 'Another title' }],
        files: [{ url: 'https://r.example/a%20b.pdf?sequence=1&isAllowed=y', access: 'open' }],
      }),
    ]);
    await caughtUp();
    expect(index.generation).to.equal(before);
  });
});
