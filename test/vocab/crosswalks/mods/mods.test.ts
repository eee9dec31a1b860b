import { expect } from 'chai';
import { mods } from '../../../../vocab/crosswalks/mods/index.ts';
import type { Description } from '../../../../vocab/record.ts';
import { readXml } from '../../../../vocab/xml/index.ts';
import { identifiers, relations, type } from '../dublin-core.ts';

function read(elements: string): Description {
  return readWhole(
    `<mods xmlns="http://www.loc.gov/mods/v3" xmlns:xlink="http://www.w3.org/1999/xlink">${elements}</mods>`,
  );
}

function readWhole(xml: string): Description {
  return mods.read(readXml(xml)).description;
}

/** A record as a university repository gives it. */
const chapter = `
  <titleInfo type="alternative"><title>Short</title></titleInfo>
  <titleInfo lang="eng"><nonSort>The</nonSort><title>open repository</title><subTitle>a history</subTitle><partNumber>Part 2</partNumber></titleInfo>
  <titleInfo type="translated" xml:lang="de"><title>Das offene Repositorium</title></titleInfo>
  <titleInfo type="abbreviated"><title>Open rep.</title></titleInfo>
  <name type="personal"><namePart type="family">Lynch</namePart><namePart type="given">Clifford</namePart><namePart type="given">A.</namePart><namePart type="date">1954-</namePart><role><roleTerm type="code" authority="marcrelator">aut</roleTerm></role><affiliation>CNI</affiliation><nameIdentifier type="orcid">0000-0002-1825-0097</nameIdentifier></name>
  <name type="personal"><namePart>Doe, Jane</namePart><role><roleTerm type="text">Editor</roleTerm></role></name>
  <name type="corporate"><namePart>University of Oxford</namePart><namePart>Bodleian Library</namePart><role><roleTerm valueURI="http://id.loc.gov/vocabulary/relators/cre"/></role></name>
  <name type="corporate"><namePart>University X</namePart><role><roleTerm>dgg</roleTerm></role></name>
  <name><etal/></name>
  <typeOfResource>text</typeOfResource><genre authority="marcgt">book</genre><genre>Book chapter</genre>
  <originInfo eventType="publication"><publisher>A Press</publisher><dateIssued>May 2010</dateIssued><dateIssued encoding="w3cdtf" keyDate="yes">2010-05-03</dateIssued><dateCreated>2009</dateCreated></originInfo>
  <originInfo eventType="digitization"><publisher>A Library</publisher><dateIssued encoding="w3cdtf">2020</dateIssued></originInfo>
  <language><languageTerm type="code" authority="iso639-2b">ger</languageTerm><languageTerm type="text">German</languageTerm></language>
  <language objectPart="abstract"><languageTerm type="code" authority="rfc3066">en</languageTerm></language>
  <abstract lang="eng">What it is about.</abstract>
  <subject authority="lcsh"><topic>Libraries</topic><geographic>France</geographic></subject>
  <subject><topic>repositories</topic><topic>history</topic></subject>
  <subject><name type="personal"><namePart>Lagoze, Carl</namePart></name></subject>
  <classification authority="ddc">020</classification>
  <relatedItem type="host"><titleInfo><title>A Book</title></titleInfo><identifier type="isbn">978-3-16-148410-0</identifier><part><detail type="volume"><number>2</number><caption>vol.</caption></detail><extent unit="pages"><start>10</start><end>20</end></extent></part></relatedItem>
  <identifier type="doi">https://doi.org/10.5281/zenodo.1</identifier><identifier type="hdl" invalid="yes">20.500.1/2</identifier><identifier type="issn">1082-9873</identifier><identifier type="local">77</identifier>
  <location><physicalLocation>Shelf</physicalLocation><url access="object in context" usage="primary display">https://repository.example/1</url><url access="raw object">https://repository.example/1/file</url><url access="preview">https://repository.example/1.png</url></location>
  <physicalDescription><internetMediaType>application/pdf</internetMediaType><extent>11 p.</extent></physicalDescription>
  <accessCondition type="use and reproduction" xlink:href="http://creativecommons.org/licenses/by/4.0/">x</accessCondition>
  <accessCondition type="restriction on access">Open Access</accessCondition>
  <recordInfo><recordContentSource>X</recordContentSource></recordInfo>`;

describe('the crosswalk of MODS', () => {
  it('reads a chapter of a book', () => {
    expect(read(chapter)).to.deep.equal({
      titles: [
        { value: 'The open repository: a history. Part 2', language: 'en' },
        { value: 'Short' },
        { value: 'Das offene Repositorium', language: 'de' },
      ],
      creators: [
        {
          name: 'Lynch, Clifford A.',
          family: 'Lynch',
          given: 'Clifford A.',
          kind: 'person',
          orcid: '0000-0002-1825-0097',
          affiliation: 'CNI',
        },
        { name: 'University of Oxford. Bodleian Library', kind: 'organisation' },
      ],
      contributors: [{ name: 'Doe, Jane', family: 'Doe', given: 'Jane', kind: 'person' }],
      abstracts: [{ value: 'What it is about.', language: 'en' }],
      subjects: [
        { value: 'Libraries–France' },
        { value: 'repositories' },
        { value: 'history' },
        { value: 'Lagoze, Carl' },
        { value: 'ddc:020' },
      ],
      published: '2010-05-03',
      publisher: 'A Press',
      languages: ['de'],
      type: type('c_3248'),
      access: { right: 'open' },
      licence: 'https://creativecommons.org/licenses/by/4.0/',
      identifiers: [
        { scheme: 'doi', value: '10.5281/zenodo.1' },
        { scheme: 'url', value: 'https://repository.example/1' },
      ],
      relations: [
        { kind: 'isPartOf', target: { scheme: 'issn', value: '1082-9873' } },
        { kind: 'isPartOf', target: { scheme: 'isbn', value: '9783161484100' } },
      ],
      funding: [],
      source: { title: 'A Book', volume: '2', pages: '10-20' },
      files: [{ url: 'https://repository.example/1/file', format: 'application/pdf', access: 'open' }],
      references: [],
    });
  });

  it('reads the same with a prefix, without a namespace, and in a collection', () => {
    const whole = read(chapter);
    const prefixed = chapter.replace(/<(\/?)(?=[a-z])/g, '<$1mods:');
    expect(
      readWhole(`<mods:modsCollection><mods:mods>${prefixed}</mods:mods><mods:mods/></mods:modsCollection>`),
    ).to.deep.equal(whole);
    expect(readWhole(`<mods>${chapter}</mods>`)).to.deep.equal(whole);
  });

  it('takes the date of the journal’s issue where the article has none', () => {
    const host =
      '<relatedItem type="host"><titleInfo><title>J</title></titleInfo><originInfo><publisher>P</publisher></originInfo><part><detail type="volume"><number>9</number></detail><detail type="number"><number>3</number></detail><extent unit="page"><list>pp. 1-2</list></extent><date>2003-03</date></part></relatedItem>';
    const { published, publisher, source } = read(host);
    expect(published).to.equal('2003-03');
    expect(publisher).to.equal('P');
    expect(source).to.deep.equal({ title: 'J', volume: '9', issue: '3', pages: '1-2' });
    expect(read(`<originInfo><dateIssued>2004</dateIssued></originInfo>${host}`).published).to.equal('2004');
  });

  const dates: readonly (readonly [what: string, xml: string, published: string | undefined])[] = [
    [
      'a range by points',
      '<dateIssued point="end">2021</dateIssued><dateIssued point="start">2019</dateIssued>',
      '2019',
    ],
    ['a range in one', '<dateIssued>2019/2021</dateIssued>', '2019'],
    ['a copyright date', '<copyrightDate>c2004</copyrightDate>', '2004'],
    ['MARC', '<dateIssued encoding="marc">20100512</dateIssued>', '2010-05-12'],
    ['MARC’s unknown', '<dateIssued encoding="marc">19uu</dateIssued>', undefined],
    ['none', '<dateIssued>n.d.</dateIssued><dateIssued/>', undefined],
    [
      'another that says its kind',
      '<dateOther type="accepted">2015-06-01</dateOther><dateOther type="x">1999</dateOther>',
      '2015-06-01',
    ],
    ['the date of the record', '<dateCaptured>2020</dateCaptured>', undefined],
  ];
  for (const [what, xml, published] of dates)
    it(`tells the date of publication: ${what}`, () => {
      expect(read(`<originInfo>${xml}</originInfo>`).published).to.equal(published);
    });

  const types: readonly (readonly [xml: string, concept: string])[] = [
    ['<genre authority="coar" valueURI="http://purl.org/coar/resource_type/c_db06"/>', 'c_db06'],
    ['<genre>doctoral thesis</genre><typeOfResource>text</typeOfResource>', 'c_db06'],
    ['<genre>info:eu-repo/semantics/masterThesis</genre>', 'c_bdcc'],
    ['<typeOfResource>software, multimedia</typeOfResource>', 'c_e9a0'],
    ['<typeOfResource manuscript="yes">Text</typeOfResource>', 'c_18cf'],
    ['<typeOfResource>sound recording-musical</typeOfResource>', 'c_18cc'],
    ['<typeOfResource>cartographic</typeOfResource>', 'c_12cc'],
    ['<typeOfResource>moving image</typeOfResource>', 'c_8a7e'],
  ];
  for (const [xml, concept] of types)
    it(`reads the type ${xml}`, () => {
      expect(read(xml).type).to.equal(type(concept));
    });

  it('tells roles by code, term and address, whatever their case', () => {
    const name = (text: string, role: string): string =>
      `<name><namePart>${text}</namePart><role>${role}</role></name>`;
    const { creators, contributors, publisher, funding } = read(
      [
        name('A, Ann', '<roleTerm type="text">Author.</roleTerm>'),
        name(
          'B, Ben',
          '<roleTerm authorityURI="x" valueURI="http://id.loc.gov/vocabulary/relators/dis">Dissertant</roleTerm>',
        ),
        name('C, Cid', '<roleTerm type="code">ths</roleTerm>'),
        name('D, Dee', 'AUT'),
        name('E, Eve', '<roleTerm/>'),
        name('F Press', '<roleTerm>pbl</roleTerm>'),
        '<name type="corporate" valueURI="https://doi.org/10.13039/100000001"><namePart>NSF</namePart><role><roleTerm>fnd</roleTerm></role></name>',
      ].join(''),
    );
    expect(creators.map(({ family }) => family)).to.deep.equal(['A', 'B', 'D', 'E']);
    expect(contributors.map(({ family }) => family)).to.deep.equal(['C']);
    expect(publisher).to.equal('F Press');
    expect(funding).to.deep.equal([
      { funder: 'National Science Foundation', funderId: 'https://doi.org/10.13039/100000001' },
    ]);
  });

  it('relates by type, by otherType and by nothing', () => {
    const item = (attributes: string, target: string): string =>
      `<relatedItem ${attributes}>${target}</relatedItem>`;
    const doi = (value: string): string => `<identifier type="doi">${value}</identifier>`;
    const description = read(
      [
        '<genre>dataset</genre>',
        item('type="otherVersion"', doi('10.1000/1')),
        item('type="otherVersion" displayLabel="Published version"', doi('10.1000/2')),
        item('type="constituent"', '<location><url>https://repository.example/2</url></location>'),
        item('type="preceding"', doi('10.1000/3')),
        item('otherType="isSupplementTo"', doi('10.1000/4')),
        item('type="SERIES"', '<identifier type="issn">1082-9873</identifier>'),
        item('type="isReferencedBy" xlink:href="https://doi.org/10.1000/5"', ''),
        item('', doi('10.1000/6')),
        item(
          'type="reviewOf"',
          '<identifier type="isbn">978-3-16-148410-0</identifier><identifier type="isbn">1</identifier>',
        ),
      ].join(''),
    );
    expect(relations(description)).to.deep.equal([
      'isVersionOf doi 10.1000/1',
      'hasPart url https://repository.example/2',
      'replaces doi 10.1000/3',
      'isSupplementTo doi 10.1000/4',
      'isPartOf issn 1082-9873',
      'isReferencedBy doi 10.1000/5',
      'isReviewOf isbn 9783161484100',
      'relation doi 10.1000/6',
    ]);
    expect(description.publishedDoi).to.equal('10.1000/2');
  });

  it('reads lists of references', () => {
    const { references, relations: related } = read(
      `<relatedItem type="references"><titleInfo><title>A work</title></titleInfo><name><namePart>Doe, J.</namePart></name><originInfo><dateIssued>1999</dateIssued></originInfo><identifier type="doi">10.1000/1</identifier></relatedItem>
       <relatedItem type="references"><note>Roe, R. Something. 2001.</note></relatedItem>
       <relatedItem type="references"><identifier type="doi">10.1000/2</identifier></relatedItem>`,
    );
    expect(references).to.deep.equal([
      {
        text: 'Doe, J., 1999, A work, doi:10.1000/1',
        identifier: { scheme: 'doi', value: '10.1000/1' },
        title: 'A work',
        year: '1999',
      },
      { text: 'Roe, R. Something. 2001.' },
    ]);
    expect(related).to.deep.equal([{ kind: 'references', target: { scheme: 'doi', value: '10.1000/2' } }]);
  });

  it('reads embargoes, licences in words and notes', () => {
    const { access, licence, version, funding } = read(
      `<accessCondition type="restriction on access">Embargoed until 2027-01-01</accessCondition><accessCondition>CC BY-NC 4.0</accessCondition>
       <note type="version identification">acceptedVersion</note><note type="funding">info:eu-repo/grantAgreement/EC/FP7/1</note><note>Funded by all.</note>`,
    );
    expect(access).to.deep.equal({ right: 'embargoed', embargoEnds: '2027-01-01' });
    expect(licence).to.equal('https://creativecommons.org/licenses/by-nc/4.0/');
    expect(version).to.equal('http://purl.org/coar/version/c_ab4af688f83e57aa');
    expect(funding.map(({ award }) => award)).to.deep.equal(['1']);
  });

  it('takes an address that ends in a file’s name for a file', () => {
    const { files, ...rest } = read(
      '<location><url>https://repository.example/a.pdf</url></location><identifier type="uri">https://repository.example/a</identifier>',
    );
    expect(files.map(({ url }) => url)).to.deep.equal(['https://repository.example/a.pdf']);
    expect(identifiers({ files, ...rest })).to.deep.equal(['url https://repository.example/a']);
  });

  it('joins articles to titles as the language has it', () => {
    expect(
      read("<titleInfo><nonSort>L'</nonSort><title>archive ouverte</title></titleInfo>").titles,
    ).to.deep.equal([{ value: "L'archive ouverte" }]);
  });

  it('makes nothing of empty elements', () => {
    const empty = [...new Set(mods.rows.map(({ element }) => element.replace(/^mods:|\/.*$/g, '')))]
      .map((name) => `<${name}/>`)
      .join('');
    const description = read(empty);
    for (const value of Object.values(description)) expect(value).to.deep.equal([]);
  });
});
