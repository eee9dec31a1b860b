import { expect } from 'chai';
import fc from 'fast-check';
import { MAX_WORK_KEYS, workKeys } from '../../../protocols/holdings-filter/index.ts';
import { judge, NEEDED_BITS, workProfile } from '../../../vocab/same-work/index.ts';
import type { Identifier, Record as NgrRecord } from '../../../vocab/record.ts';
import { aRecord } from '../../support/builders.ts';

const described = (parts: Parameters<typeof aRecord>[0]): NgrRecord => ({
  ...aRecord(parts),
  id: 'https://node.example/records/aaaaaaaaaaaaaaaaaaaa',
  node: '12D3KooW',
});

const identifier = fc.record({
  scheme: fc.constantFrom<Identifier['scheme']>('doi', 'arxiv', 'pmid', 'handle', 'isbn', 'issn', 'url'),
  value: fc.constantFrom(
    '10.1/a',
    '10.48550/arxiv.2101.00001',
    '2101.00001v2',
    '2101.00001',
    '9780000000002',
  ),
});
const title = fc.constantFrom(
  'Measurements of coral reefs over ten years',
  'Measurements of Coral-Reefs over ten years: a study',
  'MEASUREMENTS OF CORAL REEFS OVER TEN YEARS',
  'Editorial',
);
const record = fc
  .record({
    titles: fc.array(
      title.map((value) => ({ value })),
      { minLength: 1, maxLength: 2 },
    ),
    identifiers: fc.array(identifier, { maxLength: 3 }),
    published: fc.constantFrom('2016', '2016-05', '2017'),
    creators: fc.array(
      fc.constantFrom('Knoth, Petr', 'Müller, Anna', 'Mueller, A.').map((name) => ({
        name,
        kind: 'person' as const,
      })),
      { maxLength: 2 },
    ),
  })
  .map(described);

const yearOf = ({ published }: NgrRecord): string | undefined => published?.slice(0, 4);

describe('the work keys of a record', () => {
  it('are in common wherever two records of one year would be joined as duplicates', () => {
    let joined = 0;
    fc.assert(
      fc.property(record, record, (a, b) => {
        const { vetoes, bits } = judge(workProfile(a), workProfile(b));
        if (vetoes.length > 0 || bits < NEEDED_BITS || yearOf(a) !== yearOf(b)) return;
        joined += 1;
        const keys = new Set(workKeys(b));
        expect(workKeys(a).some((key) => keys.has(key))).to.equal(true);
      }),
      { seed: 5, numRuns: 2_000 },
    );
    expect(joined).to.be.greaterThan(100);
  });

  it('are the same at every node and in every version: they are in filters already', () => {
    expect(workKeys(described({ identifiers: [{ scheme: 'doi', value: '10.1000/XYZ' }] }))).to.deep.equal(
      // The first 16 digits of `printf 'doi:10.1000/xyz' | sha256sum`.
      ['ac5e10bf663f82f8'],
    );
  });

  it('are bounded, whatever the record has', () => {
    const many = described({
      titles: Array.from({ length: 50 }, (_, i) => ({ value: `Measurements of coral reef number ${i}` })),
      identifiers: Array.from({ length: 500 }, (_, i) => ({
        scheme: i % 2 === 0 ? 'doi' : 'isbn',
        value: `10.1/${i}`,
      })),
    });
    expect(workKeys(many).length).to.be.at.most(MAX_WORK_KEYS);
  });
});
