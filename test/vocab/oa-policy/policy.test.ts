import { expect } from 'chai';
import { policySchema, statedElements } from '../../../vocab/oa-policy/index.ts';

describe('an open access policy', () => {
  const policy = {
    elements: { embargo: { codes: ['f3', 'f4'], statement: 'Twelve months.' }, withdrawal: { codes: [] } },
    url: 'https://repository.example.edu/policy',
    since: '2026-01-31',
  };

  it('is taken as it is', () => {
    const read = policySchema.parse(policy);
    expect(read).to.deep.equal(policy);
    expect(statedElements(read)).to.deep.equal({ embargo: ['f3', 'f4'], withdrawal: [] });
    expect(policySchema.parse({ elements: {} })).to.deep.equal({ elements: {} });
  });

  const refused: readonly [what: string, value: unknown][] = [
    ['a code of another element', { elements: { embargo: { codes: ['a1'] } } }],
    ['a code twice', { elements: { embargo: { codes: ['f1', 'f1'] } } }],
    ['an unknown element', { elements: { colour: { codes: [] } } }],
    ['more than is known', { elements: {}, extra: 1 }],
    ['a statement without words', { elements: { embargo: { codes: [], statement: ' ' } } }],
    ['a statement without end', { elements: { embargo: { codes: [], statement: 'x'.repeat(4_001) } } }],
    ['an address that runs code', { elements: {}, url: 'javascript:alert(1)' }],
    ['a day that is not', { elements: {}, since: '2026-02-30' }],
    ['no object', 'policy'],
  ];
  for (const [what, value] of refused) {
    it(`is refused with ${what}`, () => {
      expect(policySchema.safeParse(value).success).to.equal(false);
    });
  }
});
