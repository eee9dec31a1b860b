import { expect } from 'chai';
import fc from 'fast-check';
import { columnNamed, type JsonObject } from '../../../vocab/crosswalks/index.ts';
import { table, tableRows } from '../../../vocab/crosswalks/table.ts';
import type { Description } from '../../../vocab/record.ts';

const read = (fields: JsonObject): Description => table.read(fields).description;
const names = ({ creators }: Description): string[] => creators.map(({ name }) => name);

describe('a row of a table', () => {
  it('with plain columns', () => {
    const description = read({
      ID: '7',
      Title: 'Ten years of repositories',
      Authors: 'Cruz, Ana; King, Martin',
      Year: '2020',
      Journal: 'Journal of Repositories',
      Volume: '10',
      Issue: '2',
      'Start page': '12',
      'End page': '34',
      DOI: 'https://doi.org/10.1000/182',
      ISSN: '0378-5955',
      URL: 'https://r.example/7',
      'Document Type': 'Article',
      Abstract: 'What became of them.',
      Keywords: 'repositories, open access',
      Language: 'English',
      Licence: 'CC BY 4.0',
      'Full text': 'https://r.example/7.pdf',
      Colour: 'blue',
    });
    expect(names(description)).to.deep.equal(['Cruz, Ana', 'King, Martin']);
    expect(description).to.deep.include({
      titles: [{ value: 'Ten years of repositories' }],
      abstracts: [{ value: 'What became of them.' }],
      subjects: [{ value: 'repositories' }, { value: 'open access' }],
      published: '2020',
      languages: ['en'],
      type: 'http://purl.org/coar/resource_type/c_6501',
      licence: 'https://creativecommons.org/licenses/by/4.0/',
      publishedDoi: '10.1000/182',
      source: { title: 'Journal of Repositories', volume: '10', issue: '2', pages: '12-34' },
      files: [{ url: 'https://r.example/7.pdf', format: 'application/pdf', access: 'open' }],
    });
  });

  it("of DSpace's metadata export", () => {
    const { description, repairs } = table.read({
      id: '0a1b2c',
      collection: '123456789/2',
      'dc.contributor.author': 'Cruz, Ana::3f2a::600||King, Martin',
      'dc.contributor.advisor[es]': 'Doe, Jane',
      'dc.date.accessioned': '2020-02-03T04:05:06Z',
      'dc.date.available': '2020-02-03T04:05:06Z',
      'dc.date.issued': '2019-12',
      'dc.description.abstract[en]': 'In English.',
      'dc.description.abstract[es_ES]': 'En español.',
      'dc.description.provenance[en]': 'Submitted by x (x@y.example) on 2020-02-03T04:05:06Z',
      'dc.identifier.uri': 'http://hdl.handle.net/10810/7',
      'dc.identifier.doi': '10.1000/182',
      'dc.identifier.citation[es]': 'Revista de Repositorios 10(2), 12-34',
      'dc.language.iso': 'spa',
      'dc.publisher[es]': 'Universidad de Andina',
      'dc.relation.projectid': 'info:eu-repo/grantAgreement/EC/H2020/731031',
      'dc.rights.uri': 'http://creativecommons.org/licenses/by-nc/4.0/',
      'dc.rights.accessRights': 'info:eu-repo/semantics/embargoedAccess',
      'dc.date.embargoed': '2027-01-31',
      'dc.subject[en]': 'Repositories||Open access',
      'dc.title[en]': 'Ten years',
      'dc.title.alternative[es]': 'Diez años',
      'dc.type': 'info:eu-repo/semantics/masterThesis',
    });
    expect(names(description)).to.deep.equal(['Cruz, Ana', 'King, Martin']);
    expect(description).to.deep.include({
      titles: [
        { value: 'Ten years', language: 'en' },
        { value: 'Diez años', language: 'es' },
      ],
      abstracts: [
        { value: 'In English.', language: 'en' },
        { value: 'En español.', language: 'es-ES' },
      ],
      subjects: [
        { value: 'Repositories', language: 'en' },
        { value: 'Open access', language: 'en' },
      ],
      published: '2019-12',
      languages: ['es'],
      type: 'http://purl.org/coar/resource_type/c_bdcc',
      access: { right: 'embargoed', embargoEnds: '2027-01-31' },
      licence: 'https://creativecommons.org/licenses/by-nc/4.0/',
      source: { title: 'Revista de Repositorios', volume: '10', issue: '2', pages: '12-34' },
      funding: [
        { funder: 'European Commission', funderId: 'https://doi.org/10.13039/501100000780', award: '731031' },
      ],
    });
    expect(description.identifiers).to.deep.equal([
      { scheme: 'doi', value: '10.1000/182' },
      { scheme: 'handle', value: '10810/7' },
    ]);
    expect(repairs).to.deep.equal([]);
  });

  it("of EPrints' export, whose values stand in several rows", () => {
    const description = read({
      eprintid: '12',
      'creators_name.family': ['Cruz', 'King', ''],
      'creators_name.given': ['Ana', 'Martin'],
      creators_orcid: ['', '0000-0002-1825-0097'],
      'editors_name.family': 'Doe',
      'editors_name.given': 'Jane',
      title: 'Ten years',
      publication: 'Journal of Repositories',
      volume: '10',
      number: '2',
      pagerange: '12-34',
      date: '2020-05',
      official_url: 'http://dx.doi.org/10.1000/182',
      type: 'article',
      full_text_status: 'restricted',
    });
    expect(names(description)).to.deep.equal(['Cruz, Ana', 'King, Martin']);
    expect(description.creators.map(({ orcid }) => orcid)).to.deep.equal([undefined, '0000-0002-1825-0097']);
    expect(description).to.deep.include({
      contributors: [{ name: 'Doe, Jane', family: 'Doe', given: 'Jane', kind: 'person' }],
      access: { right: 'restricted' },
      source: { title: 'Journal of Repositories', volume: '10', issue: '2', pages: '12-34' },
      published: '2020-05',
    });
  });

  it('of plain JSON, with lists and objects', () => {
    const description = read({
      title: ['Ten years'],
      authors: [
        { name: 'Ana Cruz', orcid: '0000-0002-1825-0097' },
        { given: 'Martin', family: 'King' },
        'Doe, Jane',
      ],
      year: 2020,
      journal: { title: 'Journal of Repositories', issn: '0378-5955' },
      subjects: ['a', 'b'],
      editors: null,
      pages: { from: 1 },
    });
    expect(names(description)).to.deep.equal(['Cruz, Ana', 'King, Martin', 'Doe, Jane']);
    expect(description.creators[0]?.orcid).to.equal('0000-0002-1825-0097');
    expect(description).to.deep.include({
      published: '2020',
      subjects: [{ value: 'a' }, { value: 'b' }],
      source: { title: 'Journal of Repositories' },
    });
  });

  for (const [language, fields] of [
    [
      'Spanish',
      {
        Título: 'T',
        'Autor(es)': 'Cruz, Ana',
        'Año de publicación': '2020',
        Revista: 'R',
        'Palabras clave': 'a; b',
        Resumen: 'x',
        Idioma: 'es',
      },
    ],
    [
      'Portuguese',
      {
        Título: 'T',
        Autores: 'Cruz, Ana',
        Ano: '2020',
        Periódico: 'R',
        'Palavras-chave': 'a; b',
        Resumo: 'x',
        Idioma: 'es',
      },
    ],
    [
      'French',
      {
        Titre: 'T',
        Auteurs: 'Cruz, Ana',
        Année: '2020',
        Revue: 'R',
        'Mots-clés': 'a; b',
        Résumé: 'x',
        Langue: 'es',
      },
    ],
  ] as const) {
    it(`may have its columns in ${language}`, () => {
      expect(read(fields)).to.deep.include({
        titles: [{ value: 'T' }],
        published: '2020',
        abstracts: [{ value: 'x' }],
        subjects: [{ value: 'a' }, { value: 'b' }],
        languages: ['es'],
        source: { title: 'R' },
      });
    });
  }

  it('has the published DOI apart from its own', () => {
    const description = read({
      title: 'T',
      type: 'article',
      doi: '10.5281/zenodo.7',
      'dc.relation.publisherversion': 'https://doi.org/10.1000/182',
    });
    expect(description.publishedDoi).to.equal('10.1000/182');
    expect(description.identifiers).to.deep.equal([{ scheme: 'doi', value: '10.5281/zenodo.7' }]);
  });

  it('gives funder and grant number together', () => {
    expect(
      read({ funder: 'NSF||Wellcome Trust', 'grant number': '1||2' }).funding.map(({ award }) => award),
    ).to.deep.equal(['1', '2']);
    expect(read({ award: '7' }).funding).to.deep.equal([{ award: '7' }]);
  });

  it('of any shape is read without an error', () => {
    const headings = [
      ...tableRows.map(({ element }) => element),
      'authors',
      'creators_name.family',
      'dc.title[en]',
      '__proto__',
      'constructor',
      '',
    ];
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(
          null,
          true,
          1,
          '',
          'x',
          '||',
          '10.1000/182;10.1000/183',
          'a::b::600',
          ';;',
          'https://r.example/x.pdf',
        ),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('name', 'family', 'title', 'url', '__proto__'), tie('value'), {
          maxKeys: 3,
        }),
      ),
    })).value;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...headings), value), (fields) => {
        expect(read(fields).titles).to.be.an('array');
      }),
      { seed: 17, numRuns: 1000 },
    );
  });
});

describe('a cell of separators alone', () => {
  // Where each of them is tried anew this takes minutes, and mocha gives it seconds.
  it('is read at once, in every column that is split', () => {
    const separators = ',; '.repeat(70_000) + 'x';
    expect(read({ Title: 'A title', 'Full text': separators }).files).to.deep.equal([]);
  });
});

describe('the heading of a column', () => {
  for (const [heading, column] of [
    ['Title', 'title'],
    [' dc.title[en_US] ', 'title'],
    ['dcterms:title', 'title'],
    ['DC.CONTRIBUTOR.AUTHOR[]', 'author'],
    ['Author(s)', 'author'],
    ['publicationYear', 'issued'],
    ['Mots-clés', 'keyword'],
    ['colour', undefined],
    ['[en]', undefined],
    ['', undefined],
    ['x'.repeat(10_000), undefined],
  ] as const) {
    it(`${JSON.stringify(heading.slice(0, 30))} means ${column ?? 'nothing'}`, () => {
      expect(columnNamed(heading)?.column).to.equal(column);
    });
  }

  it('tells the language of its values', () => {
    expect(columnNamed('dc.title[pt_BR]')?.language).to.equal('pt-BR');
    expect(columnNamed('dc.title[]')).not.to.have.property('language');
    expect(columnNamed('dc.title[*]')).not.to.have.property('language');
  });
});
