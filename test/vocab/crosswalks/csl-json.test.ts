import { expect } from 'chai';
import fc from 'fast-check';
import { fieldCrosswalkFor, type JsonObject } from '../../../vocab/crosswalks/index.ts';
import { cslJson, cslJsonRows } from '../../../vocab/crosswalks/csl-json.ts';
import { resourceTypes } from '../../../vocab/coar/index.ts';
import { cslTypes } from '../../../vocab/crosswalks/csl-json-read.ts';
import type { Description } from '../../../vocab/record.ts';

const read = (fields: JsonObject): Description => cslJson.read(fields).description;
const type = (id: string): string => `http://purl.org/coar/resource_type/${id}`;

describe('CSL-JSON', () => {
  it('with an identifier of separators alone is read at once', () => {
    const { description } = cslJson.read({
      type: 'book',
      title: 'A title',
      ISBN: `${',; '.repeat(70_000)}x`,
    });
    expect(description.identifiers).to.deep.equal([]);
  });

  it('of an article, as Zotero writes it', () => {
    const { description, repairs } = cslJson.read({
      id: 'http://zotero.org/users/1/items/ABC',
      type: 'article-journal',
      title: 'Ten years of repositories',
      'container-title': 'Journal of Repositories',
      volume: 10,
      issue: '2',
      page: '12-34',
      DOI: '10.1000/182',
      ISSN: '0378-5955, 2434-561X',
      URL: 'https://journal.example/182',
      language: 'en-GB',
      abstract: 'What became of them.',
      keyword: 'repositories, open access',
      author: [
        { family: 'Cruz', given: 'Ana', 'non-dropping-particle': 'de la' },
        { family: 'King', given: 'Martin', suffix: 'Jr.' },
        { literal: 'University of Wyreford' },
      ],
      editor: [{ family: 'Doe', given: 'Jane' }],
      issued: { 'date-parts': [['2020', 5, 3]] },
      accessed: { 'date-parts': [[2024]] },
    });
    expect(repairs).to.deep.equal([]);
    expect(description).to.deep.include({
      titles: [{ value: 'Ten years of repositories' }],
      creators: [
        { name: 'de la Cruz, Ana', family: 'de la Cruz', given: 'Ana', kind: 'person' },
        { name: 'King, Martin, Jr.', family: 'King', given: 'Martin, Jr.', kind: 'person' },
        { name: 'University of Wyreford', kind: 'organisation' },
      ],
      contributors: [{ name: 'Doe, Jane', family: 'Doe', given: 'Jane', kind: 'person' }],
      abstracts: [{ value: 'What became of them.' }],
      subjects: [{ value: 'repositories' }, { value: 'open access' }],
      published: '2020-05-03',
      languages: ['en-GB'],
      type: type('c_6501'),
      publishedDoi: '10.1000/182',
      source: { title: 'Journal of Repositories', volume: '10', issue: '2', pages: '12-34' },
      relations: [
        { kind: 'isPartOf', target: { scheme: 'issn', value: '0378-5955' } },
        { kind: 'isPartOf', target: { scheme: 'issn', value: '2434-561X' } },
      ],
    });
    expect(description.identifiers).to.deep.equal([
      { scheme: 'doi', value: '10.1000/182' },
      { scheme: 'url', value: 'https://journal.example/182' },
    ]);
  });

  it('tells a book’s ISBN from that of the book a chapter is in', () => {
    const book = read({ type: 'book', ISBN: '978-3-16-148410-0 978-0-306-40615-7' });
    expect(book.identifiers.map(({ value }) => value)).to.deep.equal(['9783161484100', '9780306406157']);
    const chapter = read({ type: 'chapter', ISBN: '978-3-16-148410-0', 'container-title': 'The book' });
    expect(chapter.identifiers).to.deep.equal([]);
    expect(chapter.relations).to.deep.equal([
      { kind: 'isPartOf', target: { scheme: 'isbn', value: '9783161484100' } },
    ]);
    expect(chapter.source).to.deep.equal({ title: 'The book' });
  });

  for (const [what, issued, published] of [
    ['parts', { 'date-parts': [[2020, 5]] }, '2020-05'],
    ['a range, of which the beginning counts', { 'date-parts': [[2020], [2021]] }, '2020'],
    ['an early year', { 'date-parts': [[1500]] }, '1500'],
    ['what somebody wrote', { raw: '3 May 2020' }, '2020-05-03'],
    ['words', { literal: 'Spring 2020' }, '2020'],
    ['EDTF', '2020-05/2020-06', '2020-05'],
    ['a year alone', 2020, '2020'],
    ['nothing', { 'date-parts': [[null]] }, undefined],
    ['nonsense', { 'date-parts': [[99999, 77]] }, undefined],
  ] as const) {
    it(`reads a date from ${what}`, () => {
      expect(read({ issued }).published).to.equal(published);
    });
  }

  it('reads the kind of a thesis or report', () => {
    expect(read({ type: 'thesis', genre: 'PhD thesis' }).type).to.equal(type('c_db06'));
    expect(read({ type: 'thesis', genre: 'mathesis' }).type).to.equal(type('c_bdcc'));
    expect(read({ type: 'thesis', genre: 'Memoria' }).type).to.equal(type('c_46ec'));
    expect(read({ type: 'report', genre: 'techreport' }).type).to.equal(type('c_18gh'));
  });

  it('has a COAR concept for each of its types', () => {
    for (const [name, term] of Object.entries(cslTypes))
      expect(resourceTypes.named(term), name).not.to.equal(undefined);
  });

  it('reads what Crossref adds', () => {
    const description = read({
      type: 'journal-article',
      title: ['T'],
      author: [
        {
          family: 'Carberry',
          given: 'Josiah',
          ORCID: 'http://orcid.org/0000-0002-1825-0097',
          affiliation: [{ name: 'Brown University' }],
        },
      ],
      license: [{ URL: 'https://creativecommons.org/licenses/by/4.0/', 'content-version': 'vor' }],
      funder: [{ name: 'European Commission', DOI: '10.13039/501100000780', award: ['731031', '2'] }],
      reference: [
        { key: '1', DOI: '10.1000/1', 'article-title': 'Other', year: '1999' },
        { key: '2', unstructured: 'A book, 1950' },
      ],
    });
    expect(description.creators[0]).to.include({
      orcid: '0000-0002-1825-0097',
      affiliation: 'Brown University',
    });
    expect(description.licence).to.equal('https://creativecommons.org/licenses/by/4.0/');
    expect(description.funding.map(({ award }) => award)).to.deep.equal(['731031', '2']);
    expect(description.references).to.deep.equal([
      {
        text: 'Other, 1999, doi:10.1000/1',
        identifier: { scheme: 'doi', value: '10.1000/1' },
        title: 'Other',
        year: '1999',
      },
      { text: 'A book, 1950' },
    ]);
  });

  it('says which identifier has a typing error', () => {
    const { description, repairs } = cslJson.read({ type: 'book', ISBN: '978-3-16-148410-1', DOI: 'none' });
    expect(description.identifiers).to.deep.equal([]);
    expect(repairs.map(({ code, field, before }) => [code, field, before])).to.deep.equal([
      ['IDENTIFIER_REFUSED', 'DOI', 'none'],
      ['IDENTIFIER_REFUSED', 'ISBN', '978-3-16-148410-1'],
    ]);
  });

  it('serves BibTeX and RIS, too', () => {
    for (const format of ['csl_json', 'bibtex', 'ris'])
      expect(fieldCrosswalkFor(format)?.read({ title: 'T' }).description.titles).to.deep.equal([
        { value: 'T' },
      ]);
  });

  it('of BibTeX may end its authors with "and others", who are no person: that the list is not whole is told', () => {
    const author = [{ family: 'Haddad', given: 'Leila' }, { family: 'others' }];
    const { description, repairs } = fieldCrosswalkFor('bibtex')!.read({ title: 'T', author });
    expect(description.creators.map(({ name }) => name)).to.deep.equal(['Haddad, Leila']);
    expect(repairs.map(({ code, before }) => [code, before])).to.deep.equal([['NAME_DROPPED', 'others']]);
  });

  it('of any shape is read without an error', () => {
    const properties = cslJsonRows.map(({ element }) => element);
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, 1, '', 'x', '10.1000/182', '978-3-16-148410-0'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            'family',
            'given',
            'literal',
            'date-parts',
            'raw',
            'name',
            'DOI',
            'award',
            'URL',
            '__proto__',
          ),
          tie('value'),
          { maxKeys: 4 },
        ),
      ),
    })).value;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...properties), value), (fields) => {
        expect(read(fields).titles).to.be.an('array');
      }),
      { seed: 13, numRuns: 1000 },
    );
  });
});
