import { expect } from 'chai';
import {
  countElements,
  elementOfCode,
  policyElements,
  surveyedInstitutions,
  type PolicyElement,
} from '../../../vocab/oa-policy/index.ts';

/*
 * The article's own figures ("Towards An Open Access Policy Framework: A Case Study of COAR", section 4), computed from its
 * Annex 1 as it is bundled here.
 */

const counts = countElements(surveyedInstitutions.map(({ elements }) => elements));

const institutions = (element: PolicyElement): number =>
  counts.find((one) => one.element === element)?.institutions ?? 0;

const stating = (code: string): number =>
  counts.reduce((found, { codes }) => found + (codes.get(code) ?? 0), 0);

const serials = (code: string): number[] =>
  surveyedInstitutions
    .filter(({ elements }) => Object.values(elements).some((codes) => codes.includes(code)))
    .map(({ serial }) => serial);

/** Policies of an institution as the article counts them: all have OAI-PMH, which is left out. */
const policiesOf = ({ elements }: (typeof surveyedInstitutions)[number]): number =>
  Object.keys(elements).filter((element) => element !== 'interoperability').length;

describe('the 51 institutions of Annex 1', () => {
  it('are read whole, with codes of the framework only', () => {
    expect(surveyedInstitutions.map(({ serial }) => serial)).to.deep.equal(
      Array.from({ length: 51 }, (_, i) => i + 1),
    );
    for (const { elements } of surveyedInstitutions)
      for (const [element, codes] of Object.entries(elements))
        for (const code of codes) expect(elementOfCode(code), code).to.equal(element);
    expect(surveyedInstitutions[0]?.elements.versionArchiving).to.deep.equal(['a1', 'a2', 'a4', 'a5']);
  });

  const stated: readonly [section: string, element: PolicyElement, institutions: number][] = [
    ['4.1', 'versionArchiving', 36],
    ['4.2.2', 'submission', 22],
    ['4.4', 'copyrightLicensing', 35],
    ['4.5', 'dataAccess', 37],
    ['4.6', 'embargo', 12],
    ['4.7.1', 'interoperability', 51],
    ['4.7.2', 'metadata', 16],
    ['4.8', 'preservation', 12],
    ['4.9', 'withdrawal', 6],
  ];
  for (const [section, element, number] of stated) {
    it(`state ${element} where section ${section} says so: ${number}`, () => {
      expect(institutions(element)).to.equal(number);
    });
  }

  const coded: readonly [section: string, code: string, institutions: number][] = [
    ['4.1', 'a1', 23],
    ['4.1', 'a3', 9],
    ['4.1', 'a4', 6],
    ['4.1', 'a5', 6],
    ['4.1', 'a6', 7],
    ['4.2.2', 'k2', 3],
    ['4.2.2', 'k3', 1],
    ['4.4', 'd1', 23],
    ['4.4', 'd2', 2],
    ['4.4', 'd3', 3],
    ['4.4', 'd4', 7],
    ['4.4', 'd5', 7],
    ['4.5', 'e1', 10],
    ['4.5', 'e2', 9],
    ['4.5', 'e3', 4],
    ['4.6', 'f1', 3],
    ['4.6', 'f2', 2],
    ['4.6', 'f3', 7],
    ['4.6', 'f4', 6],
    ['4.6', 'f5', 1],
    ['4.6', 'f6', 1],
    ['4.8', 'j1', 3],
    ['4.8', 'j3', 3],
    ['4.8', 'j4', 3],
  ];
  for (const [section, code, number] of coded) {
    it(`state ${code} as often as section ${section} says: ${number}`, () => {
      expect(stating(code)).to.equal(number);
    });
  }

  it('are those that the article names by their serial numbers', () => {
    expect(serials('e3')).to.deep.equal([15, 27, 43, 50]);
    expect(serials('e4')).to.deep.equal([23, 30, 37, 48, 49, 51]);
    expect(serials('k2')).to.deep.equal([45, 46, 50]);
    expect(serials('j1')).to.deep.equal([46, 49, 51]);
    expect(serials('n1')).to.deep.equal([2, 6, 46, 48, 49, 50]);
    expect(serials('f5')).to.deep.equal([1]);
    expect(serials('f6')).to.deep.equal([11]);
  });

  it('have as many policies as the last column says', () => {
    const wrong = new Set([1, 6]);
    for (const institution of surveyedInstitutions)
      if (!wrong.has(institution.serial))
        expect(policiesOf(institution), institution.name).to.equal(institution.printedTotal);
  });

  const most = surveyedInstitutions.filter((one) => policiesOf(one) > 5);
  const restricting = surveyedInstitutions.filter(
    ({ elements }) => elements.dataAccess !== undefined || elements.embargo !== undefined,
  );
  /** Where the text and the table are at odds. */
  const contradictions: readonly [what: string, text: unknown, table: unknown, computed: unknown][] = [
    ['4.1, the published edition', 7, 8, stating('a2')],
    [
      '4.2.2, deposit by members or delegates',
      [1, 2, 45, 46, 49, 50],
      [1, 2, 6, 45, 46, 50, 51],
      serials('k1'),
    ],
    [
      '4.5, not all items with a full text',
      [16, 17, 24, 37, 47],
      [23, 24, 30, 37, 48, 49, 51],
      serials('e5'),
    ],
    // 37 with a policy on access and 12 on embargoes; ten have both.
    ['4.5, some restriction of access', 49, 39, restricting.length],
    ['4.7.2, metadata for re-use', 16, 14, stating('h1')],
    ['7, more than five policies', 16, 9, most.length],
    ['last column of institution 1', 10, 9, surveyedInstitutions[0] && policiesOf(surveyedInstitutions[0])],
    ['last column of institution 6', 2, 5, surveyedInstitutions[5] && policiesOf(surveyedInstitutions[5])],
  ];
  for (const [what, text, table, computed] of contradictions) {
    it(`contradict the article: ${what}`, () => {
      expect(computed).to.deep.equal(table);
      expect(computed).to.not.deep.equal(text);
    });
  }

  it('are counted once an element and code, every element there', () => {
    const twice = countElements([{ embargo: ['f1', 'f1', 'unknown'] }, {}]);
    expect(twice.map(({ element }) => element)).to.deep.equal([...policyElements]);
    expect(twice.find(({ element }) => element === 'embargo')).to.deep.include({ institutions: 1 });
    expect(twice.find(({ element }) => element === 'embargo')?.codes.get('f1')).to.equal(1);
  });
});
