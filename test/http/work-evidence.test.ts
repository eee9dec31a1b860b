import { expect } from 'chai';
import type { Why } from '../../node/analysis/duplicates/index.ts';
import { evidenceBeside, strongestEvidence } from '../../node/http/works/evidence.ts';

const records = Array.from({ length: 500 }, (_, n) => ({ key: String(n).padStart(20, 'a') }));

describe('the evidence of a work of hundreds of records', () => {
  let asked = 0;
  const duplicates = {
    why: (): Promise<Why> => {
      asked += 1;
      return Promise.resolve({ verdict: 'same', bits: 9, needed: 8, evidence: [], vetoes: [] });
    },
  };
  beforeEach(() => (asked = 0));

  it('is told of the first of them beside one', async () => {
    const key = records[3]?.key ?? '';
    expect([...(await evidenceBeside(duplicates, key, { records })).keys()]).to.deep.equal(
      records.slice(0, 51).flatMap((record) => (record.key === key ? [] : [record.key])),
    );
    expect(asked).to.equal(50);
  });

  it('is told of the first of them, each held against a few', async () => {
    expect((await strongestEvidence(duplicates, { records })).size).to.equal(50);
    expect(asked).to.equal(500);
  });
});
