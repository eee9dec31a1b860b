import { expect } from 'chai';
import { crosswalkFor, crosswalks, oaiDc, oaiDcRows } from '../../../vocab/crosswalks/index.ts';
import { readXml } from '../../../vocab/xml/index.ts';
import { identifiers, metadata, read, relations, type } from './dublin-core.ts';

describe('the crosswalk from oai_dc', () => {
  it('reads an article as EPrints gives it', () => {
    const description = read(
      ['title', 'Open archives and UK institutions'],
      ['creator', 'Pinfield, S.'],
      ['subject', 'e-prints'],
      ['description', 'An account of open archives at institutions in the United Kingdom.'],
      ['date', '2003-03'],
      ['type', 'Article'],
      ['type', 'PeerReviewed'],
      ['format', 'application/pdf'],
      ['language', 'en'],
      ['identifier', 'https://eprints.wyreford.example/id/eprint/1003/1/pinfield-2003.pdf'],
      [
        'identifier',
        'Pinfield, S. (2003) Open archives and UK institutions. D-Lib Magazine, 9 (3). ISSN 1082-9873',
      ],
      ['relation', 'https://eprints.wyreford.example/id/eprint/1003/'],
      ['relation', '10.1045/march2003-pinfield'],
    );
    expect(description).to.deep.equal({
      titles: [{ value: 'Open archives and UK institutions' }],
      creators: [{ name: 'Pinfield, S.', family: 'Pinfield', given: 'S.', kind: 'person' }],
      contributors: [],
      abstracts: [{ value: 'An account of open archives at institutions in the United Kingdom.' }],
      subjects: [{ value: 'e-prints' }],
      published: '2003-03',
      languages: ['en'],
      type: type('c_6501'),
      identifiers: [{ scheme: 'url', value: 'https://eprints.wyreford.example/id/eprint/1003/' }],
      publishedDoi: '10.1045/march2003-pinfield',
      relations: [
        { kind: 'isPartOf', target: { scheme: 'issn', value: '1082-9873' } },
        { kind: 'isVersionOf', target: { scheme: 'doi', value: '10.1045/march2003-pinfield' } },
      ],
      funding: [],
      source: { title: 'D-Lib Magazine', volume: '9', issue: '3' },
      files: [
        {
          url: 'https://eprints.wyreford.example/id/eprint/1003/1/pinfield-2003.pdf',
          format: 'application/pdf',
          access: 'open',
        },
      ],
      references: [],
    });
  });

  it('reads a funded, embargoed article as DSpace and OpenAIRE give it', () => {
    const description = read(
      ['title', 'Un título', 'es'],
      ['title', 'A title', 'eng'],
      ['contributor', 'Universidad Andina. Facultad de Letras'],
      ['creator', 'PESET, Fernanda'],
      ['date', '2024-04-29T14:05:32Z'],
      ['date', '2024-04-29T14:05:32Z'],
      ['date', '2007-02'],
      ['date', 'info:eu-repo/date/embargoEnd/2027-01-01'],
      ['type', 'info:eu-repo/semantics/article'],
      ['type', 'info:eu-repo/semantics/acceptedVersion'],
      ['identifier', 'https://repositorio.andina.example/handle/20.500.00000/1021'],
      ['language', 'spa'],
      ['relation', 'info:eu-repo/grantAgreement/EC/FP7/123456'],
      ['relation', 'info:eu-repo/semantics/altIdentifier/doi/10.1016/j.sbspro.2014.07.145'],
      ['relation', 'info:eu-repo/semantics/altIdentifier/eissn/1877-0428'],
      ['relation', 'info:eu-repo/semantics/reference/doi/10.1000/182'],
      ['rights', 'info:eu-repo/semantics/embargoedAccess'],
      ['rights', 'https://creativecommons.org/licenses/by-nc/4.0/deed.es'],
      ['subject', 'Repositorios; Acceso abierto'],
      ['subject', 'info:eu-repo/classification/ddc/020'],
    );
    expect(description.titles).to.deep.equal([
      { value: 'Un título', language: 'es' },
      { value: 'A title', language: 'en' },
    ]);
    expect(description.contributors).to.deep.equal([
      { name: 'Universidad Andina. Facultad de Letras', kind: 'organisation' },
    ]);
    expect(description.published).to.equal('2007-02');
    expect(description.version).to.equal('http://purl.org/coar/version/c_ab4af688f83e57aa');
    expect(description.access).to.deep.equal({ right: 'embargoed', embargoEnds: '2027-01-01' });
    expect(description.licence).to.equal('https://creativecommons.org/licenses/by-nc/4.0/');
    expect(description.funding).to.deep.equal([
      { funder: 'European Commission', funderId: 'https://doi.org/10.13039/501100000780', award: '123456' },
    ]);
    expect(identifiers(description)).to.deep.equal([
      'handle 20.500.00000/1021',
      'url https://repositorio.andina.example/handle/20.500.00000/1021',
    ]);
    expect(description.publishedDoi).to.equal('10.1016/j.sbspro.2014.07.145');
    expect(relations(description)).to.deep.equal(['isPartOf issn 1877-0428', 'references doi 10.1000/182']);
    expect(description.subjects.map(({ value }) => value)).to.deep.equal([
      'Repositorios',
      'Acceso abierto',
      'ddc:020',
    ]);
  });

  it('tells a reference to the work from an abstract that repeats its title', () => {
    const title = 'The situation of open access repositories';
    const reference = read(
      ['title', title],
      ['description', `Melero, R. (2009) ${title}. Information Research, 14 (4). pp. 1-9`],
    );
    expect(reference).to.deep.include({
      abstracts: [],
      source: { title: 'Information Research', volume: '14', issue: '4', pages: '1-9' },
    });
    const abstract = `${title} was examined in 2009, in 100 cases.`;
    expect(read(['title', title], ['description', abstract]).abstracts).to.deep.equal([{ value: abstract }]);
  });

  it('puts an ISSN, and a chapter’s ISBN, with the publication', () => {
    expect(
      relations(
        read(
          ['type', 'bookPart'],
          ['identifier', 'ISBN 978-3-16-148410-0'],
          ['identifier', 'ISSN 1082-9873'],
        ),
      ),
    ).to.deep.equal(['isPartOf isbn 9783161484100', 'isPartOf issn 1082-9873']);
    expect(identifiers(read(['type', 'book'], ['identifier', 'urn:ISBN:978-3-16-148410-0']))).to.deep.equal([
      'isbn 9783161484100',
    ]);
  });

  it('reads how works are related, where it is said', () => {
    expect(
      relations(
        read(
          ['relation', 'isPartOf https://doi.org/10.1000/1'],
          ['relation', 'Is Referenced By: doi:10.1000/2'],
          ['relation', 'https://example.org/page'],
          ['relation', 'ISSN 1082-9873'],
          ['relation', 'Some series; 12'],
        ),
      ),
    ).to.deep.equal([
      'isPartOf doi 10.1000/1',
      'isReferencedBy doi 10.1000/2',
      'relation url https://example.org/page',
      'isPartOf issn 1082-9873',
    ]);
  });

  it('takes the type that says most', () => {
    expect(
      read(['type', 'Text'], ['type', 'Thesis'], ['type', 'doctoralThesis'], ['type', 'other']).type,
    ).to.equal(type('c_db06'));
    expect(read(['type', 'other'], ['type', 'Text']).type).to.equal(type('c_18cf'));
    expect(read(['type', 'PeerReviewed'])).to.not.have.property('type');
  });

  it('takes the strictest access right, and closes the files with it', () => {
    const description = read(
      ['identifier', 'https://repository.example/bitstream/1/2/a.pdf'],
      ['rights', 'info:eu-repo/semantics/openAccess'],
      ['rights', 'info:eu-repo/semantics/restrictedAccess'],
      ['rights', 'All rights reserved'],
    );
    expect(description.access).to.deep.equal({ right: 'restricted' });
    expect(description.files).to.deep.equal([
      {
        url: 'https://repository.example/bitstream/1/2/a.pdf',
        format: 'application/pdf',
        access: 'restricted',
      },
    ]);
  });

  it('reads what the address of a file tells besides', () => {
    const description = read(
      ['identifier', 'https://onlinelibrary.example/doi/pdf/10.1000/x1.pdf?utm_source=a'],
      ['identifier', 'https://repository.example/bitstream/handle/20.500.1/2/a b.pdf'],
      ['identifier', 'https://journal.example/article/download/4251/3090'],
      ['format', 'application/pdf'],
    );
    expect(description.files.map(({ url }) => url)).to.deep.equal([
      'https://onlinelibrary.example/doi/pdf/10.1000/x1.pdf',
      'https://repository.example/bitstream/handle/20.500.1/2/a%20b.pdf',
      'https://journal.example/article/download/4251/3090',
    ]);
    expect(identifiers(description)).to.deep.equal(['doi 10.1000/x1', 'handle 20.500.1/2']);
  });

  it('reads an embargo that is told in words or without a right', () => {
    expect(read(['rights', 'Embargoed until 2027-03-01']).access).to.deep.equal({
      right: 'embargoed',
      embargoEnds: '2027-03-01',
    });
    expect(read(['date', 'info:eu-repo/date/embargoEnd/2027-01-01']).access).to.deep.equal({
      right: 'embargoed',
      embargoEnds: '2027-01-01',
    });
    expect(
      read(['rights', 'openAccess'], ['date', 'info:eu-repo/date/embargoEnd/2020-01-01']).access,
    ).to.deep.equal({ right: 'open' });
    expect(read(['date', 'info:eu-repo/date/embargoEnd/soon'])).to.not.have.property('access');
  });

  it('drops the notes that a repository keeps for its staff, and does not repeat them', () => {
    const { description, repairs } = oaiDc.read(
      metadata([
        [
          'description',
          'Submitted by Ana Pérez (ana@repository.example) on 2010-05-04T12:00:00Z No. of bitstreams: 1',
        ],
        ['description', 'Made available in DSpace on 2010-05-04T12:00:00Z (GMT).'],
        ['description', 'An abstract.'],
      ]),
    );
    expect(description.abstracts).to.deep.equal([{ value: 'An abstract.' }]);
    expect(repairs.map(({ code, field }) => `${code} ${field}`)).to.deep.equal([
      'NOTE_DROPPED dc:description',
      'NOTE_DROPPED dc:description',
    ]);
    expect(JSON.stringify(repairs)).to.not.contain('ana@');
  });

  it('says what it put right, and in which field', () => {
    const { repairs } = oaiDc.read(
      metadata([
        ['title', '&lt;i&gt;RoMEO&lt;/i&gt;'],
        ['date', '9999'],
        ['language', 'Inglés'],
        ['identifier', 'ISBN 978-3-16-148410-1'],
      ]),
    );
    expect(repairs).to.deep.include.members([
      { code: 'TEXT_MARKUP', field: 'dc:title', before: '<i>RoMEO</i>', after: 'RoMEO' },
      { code: 'IDENTIFIER_REFUSED', field: 'dc:identifier', before: 'ISBN 978-3-16-148410-1', after: '' },
      { code: 'DATE_REFUSED', field: 'dc:date', before: '9999', after: '' },
      { code: 'LANGUAGE_READ', field: 'dc:language', before: 'Inglés', after: 'en' },
    ]);
  });

  it('reads elements whatever their prefix, namespace and order', () => {
    const plain = readXml(
      '<dc><language>en</language><title> A\n title </title><title/><x:type xmlns:x="urn:x">Article</x:type></dc>',
    );
    expect(oaiDc.read(plain).description).to.include({ type: type('c_6501') });
    expect(oaiDc.read(plain).description.titles).to.deep.equal([{ value: 'A title' }]);
  });

  it('says of each element where it goes', () => {
    const dublinCore =
      'title creator subject description publisher contributor date type format identifier source language relation rights';
    expect(oaiDcRows.map((row) => row.element)).to.have.members(dublinCore.split(' '));
    expect(oaiDcRows.every((row) => row.goesTo !== '')).to.equal(true);
  });
});

describe('the list of crosswalks', () => {
  it('is looked up by metadata prefix', () => {
    expect(crosswalkFor('oai_dc')).to.equal(oaiDc);
    expect(crosswalkFor('nonsense')).to.equal(undefined);
    expect(new Set(crosswalks.map(({ prefix }) => prefix)).size).to.equal(crosswalks.length);
  });
});
