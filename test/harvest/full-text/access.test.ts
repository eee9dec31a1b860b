import { expect } from 'chai';
import fc from 'fast-check';
import { fileOpening, itemOpening } from '../../../node/harvest/full-text/access.ts';
import { isEmpty, planOf } from '../../../node/harvest/full-text/plan.ts';
import type { Access, AccessRight, Record as NgrRecord, RecordFile } from '../../../vocab/record.ts';
import { aRecord } from '../../support/builders.ts';

const NOW = Date.UTC(2026, 5, 15, 12);
const rights: AccessRight[] = ['open', 'embargoed', 'restricted', 'metadata-only'];
const record = (parts: Partial<NgrRecord>): NgrRecord => ({
  ...aRecord(),
  id: 'https://node.example/records/x',
  node: 'n',
  ...parts,
});

describe('whether an item may be fetched', () => {
  const cases: [access: Access | undefined, open: boolean, from?: number][] = [
    [undefined, true],
    [{ right: 'open' }, true],
    [{ right: 'restricted' }, false],
    [{ right: 'metadata-only' }, false],
    [{ right: 'embargoed' }, false],
    [{ right: 'embargoed', embargoEnds: '2026-06-15' }, true],
    [{ right: 'embargoed', embargoEnds: '2026-06-16' }, false, Date.UTC(2026, 5, 16)],
    [{ right: 'embargoed', embargoEnds: '9999-12-31' }, false, Date.UTC(9_999, 11, 31)],
    [{ right: 'embargoed', embargoEnds: '2026-02-30' }, false],
    [{ right: 'embargoed', embargoEnds: '2026' }, false],
    [{ right: 'restricted', embargoEnds: '2000-01-01' }, false],
  ];
  for (const [access, open, from] of cases) {
    it(`where it says ${JSON.stringify(access) ?? 'nothing'}: ${open ? 'yes' : 'no'}`, () => {
      expect(itemOpening(access, NOW)).to.deep.equal(
        open ? { open } : { open, ...(from !== undefined && { from }) },
      );
    });
  }
});

describe('whether a file may be fetched', () => {
  const file = (parts: Partial<RecordFile>): RecordFile => ({
    url: 'https://x.example/1.pdf',
    access: 'open',
    ...parts,
  });

  it('never where it is withdrawn or closed itself', () => {
    const open = record({ access: { right: 'open' } });
    expect(fileOpening(open, file({ withdrawn: { reason: 'x', at: 0 } }), NOW)).to.deep.equal({
      open: false,
    });
    for (const access of rights.slice(1)) {
      expect(fileOpening(open, file({ access }), NOW), access).to.deep.equal({ open: false });
    }
  });

  it('when the embargo of its item is over', () => {
    const over = record({ access: { right: 'embargoed', embargoEnds: '2026-01-01' } });
    expect(fileOpening(over, file({ access: 'embargoed' }), NOW).open).to.equal(true);
    expect(fileOpening(over, file({ access: 'restricted' }), NOW).open).to.equal(false);
  });
});

describe('what is planned to be fetched', () => {
  const anAccess = fc.option(
    fc.record(
      {
        right: fc.constantFrom(...rights),
        embargoEnds: fc.constantFrom('2020-01-01', '2026-06-16', '2030-01-01', 'soon'),
      },
      { requiredKeys: ['right'] },
    ),
    { nil: undefined },
  );
  const aFile = fc.record(
    {
      url: fc.webUrl(),
      access: fc.constantFrom(...rights),
      withdrawn: fc.constant({ reason: 'x', at: 0 }),
    },
    { requiredKeys: ['url', 'access'] },
  );

  it('is never closed, under embargo, or withdrawn', () => {
    fc.assert(
      fc.property(anAccess, fc.array(aFile, { maxLength: 5 }), (access, files) => {
        const one = record({
          files,
          identifiers: [{ scheme: 'url', value: 'https://x.example/items/1' }],
          ...(access !== undefined && { access }),
        });
        const plan = planOf(one, undefined, NOW);
        const closed =
          access !== undefined &&
          access.right !== 'open' &&
          !(access.right === 'embargoed' && access.embargoEnds === '2020-01-01');
        if (closed) expect([...plan.files, ...plan.pages]).to.deep.equal([]);
        const allowed = files.filter(
          (file) =>
            file.withdrawn === undefined &&
            (file.access === 'open' || (file.access === 'embargoed' && access?.right === 'embargoed')),
        );
        for (const { url } of plan.files) expect(allowed.map((file) => file.url)).to.include(url);
        if (files.length > 0) expect(plan.pages).to.deep.equal([]);
      }),
    );
  });

  it('are the pages of the item, the repository’s own first, where the metadata name no file', () => {
    const { pages } = planOf(
      record({
        provenance: { source: 'https://repository.example/oai', format: 'oai_dc', harvestedAt: 0 },
        identifiers: [
          { scheme: 'doi', value: '10.1000/1' },
          { scheme: 'url', value: 'https://elsewhere.example/1' },
          { scheme: 'handle', value: '10568/1' },
          { scheme: 'url', value: 'https://repository.example/items/1' },
        ],
      }),
      undefined,
      NOW,
    );
    expect(pages).to.deep.equal([
      'https://repository.example/items/1',
      'https://elsewhere.example/1',
      'https://hdl.handle.net/10568/1',
    ]);
  });

  it('is the page of its DOI only where there is no other, and the DOI is its own', () => {
    const identifiers = [{ scheme: 'doi', value: '10.1000/1' } as const];
    expect(planOf(record({ identifiers }), undefined, NOW).pages).to.deep.equal([
      'https://doi.org/10.1000/1',
    ]);
    expect(planOf(record({ identifiers, publishedDoi: '10.1000/1' }), undefined, NOW).pages).to.deep.equal(
      [],
    );
  });

  it('is nothing for a record that says nothing of files, and is not said to be open', () => {
    expect(isEmpty(planOf(record({}), undefined, NOW))).to.equal(true);
    expect(isEmpty(planOf(record({ access: { right: 'open' } }), undefined, NOW))).to.equal(false);
  });

  it('leaves out what nobody could read, and what is beyond ten files', () => {
    const files = ['a.zip', 'b.csv', ...Array.from({ length: 12 }, (_, i) => `${i}.pdf`)].map(
      (name): RecordFile => ({ url: `https://x.example/${name}`, access: 'open' }),
    );
    const plan = planOf(record({ files }), undefined, NOW);
    expect(plan.files).to.have.length(10);
    expect(plan.files[0]?.url).to.equal('https://x.example/0.pdf');
  });
});
