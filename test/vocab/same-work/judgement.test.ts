import { expect } from 'chai';
import { judge, NEEDED_BITS, workProfile, type WorkProfile } from '../../../vocab/same-work/index.ts';
import type { Record as NgrRecord } from '../../../vocab/record.ts';
import { aRecord } from '../../support/builders.ts';

const TITLE = 'Towards effective research recommender systems for repositories';

function described(title: string, parts: Partial<NgrRecord> = {}): WorkProfile {
  const record = aRecord({ titles: [{ value: title }], ...parts });
  return workProfile({ ...record, id: 'https://node.example/records/a', node: '12D3KooW' });
}
const people = (...names: string[]): Pick<NgrRecord, 'creators'> => ({
  creators: names.map((name) => ({ name, kind: 'unknown' })),
});
const doi = (value: string): Pick<NgrRecord, 'identifiers'> => ({ identifiers: [{ scheme: 'doi', value }] });

describe('two records held against one another', () => {
  const vetoed: Record<string, [WorkProfile, WorkProfile, string]> = {
    'parts in roman and arabic numerals': [
      described(`${TITLE} II`),
      described(`${TITLE}, part 3`),
      'numbering',
    ],
    'editions of other years': [described(`${TITLE} 2015`), described(`${TITLE} 2016`), 'numbering'],
    'a reply': [described(TITLE), described(`Reply to ${TITLE}`), 'kind'],
    'a correction': [described(TITLE), described(`Erratum: ${TITLE}`), 'kind'],
    'DOIs of one registrant': [
      described(TITLE, doi('10.1/x')),
      described(TITLE, doi('10.1/y')),
      'identifiers',
    ],
    'a data set and its paper': [
      described(TITLE, { type: 'http://purl.org/coar/resource_type/c_ddb1' }),
      described(TITLE, { type: 'http://purl.org/coar/resource_type/c_6501' }),
      'type',
    ],
    headings: [described('Editorial'), described('Editorial'), 'boilerplate'],
    'what one says it reviews': [
      described(TITLE, doi('10.1/x')),
      described(TITLE, { relations: [{ kind: 'isReviewOf', target: { scheme: 'doi', value: '10.1/x' } }] }),
      'relation',
    ],
  };
  for (const [what, [a, b, veto]] of Object.entries(vetoed))
    it(`are kept apart: ${what}`, () => {
      expect(judge(a, b).vetoes.map(({ veto: name }) => name)).to.include(veto);
    });

  it('are the same with the same number written in another way', () => {
    expect(judge(described(`${TITLE} part II`), described(`${TITLE}, Part 2`)).vetoes).to.deep.equal([]);
  });

  it('have the same authors in another order, with initials, accents lost and names cut in pieces', () => {
    const a = described(TITLE, people('M. Tamer Özsu', 'Hector Garcia-Molina', 'Knoth, Petr'));
    const b = described(
      TITLE,
      people('P. Knoth', 'm. tamer &#214; zsu', 'h &#233; ctor garc &#237; a-molina'),
    );
    expect(judge(a, b).comparison.levels.authors).to.equal('all');
  });

  it('are the same with slips of the pen, and not where a prefix says the contrary', () => {
    const level = (a: string, b: string): string | undefined =>
      judge(described(a), described(b)).comparison.levels.title;
    expect(level(TITLE, 'Towards efective research recomender systems for repositories')).to.equal(
      'slips long',
    );
    expect(level('Learning from supervised data', 'Learning from unsupervised data')).to.not.match(/^s/);
  });

  it('a deposit with a DOI of its own is the published text where the rest agrees', () => {
    const a = described(TITLE, doi('10.1000/x'));
    const { bits, vetoes } = judge(a, described(TITLE, doi('10.5281/zenodo.1')));
    expect(vetoes).to.deep.equal([]);
    expect(bits).to.be.at.least(NEEDED_BITS);
  });
});
