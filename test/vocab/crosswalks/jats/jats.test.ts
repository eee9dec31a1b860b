import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { jats } from '../../../../vocab/crosswalks/jats/index.ts';
import type { Description } from '../../../../vocab/record.ts';
import { readXml } from '../../../../vocab/xml/index.ts';
import { identifiers, relations, type } from '../dublin-core.ts';

const seed = new URL('../../../../../shared/seeds/002_78e4e37e997ea606.txt', import.meta.url);

/** An article with these parts of its metadata. */
function read(
  meta: string,
  around: { journal?: string; attributes?: string; back?: string } = {},
): Description {
  const { journal = '', attributes = '', back = '' } = around;
  return readWhole(
    `<article xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}><front><journal-meta>${journal}</journal-meta>` +
      `<article-meta>${meta}</article-meta></front><body><p>Text.</p></body><back>${back}</back></article>`,
  );
}

function readWhole(xml: string): Description {
  return jats.read(readXml(xml)).description;
}

const names = ({ creators }: Description): string[] => creators.map(({ name }) => name);

describe('the crosswalk of JATS', () => {
  it('reads an article of a journal', function () {
    if (!existsSync(seed)) return this.skip();
    const article = readFileSync(seed, 'utf8').replace(/^[\s\S]*?(?=<article )/, '');
    const { titles, creators, published, source, references, ...rest } = readWhole(article);
    expect(titles).to.deep.equal([
      {
        value:
          'Developing Infrastructure to Support Closer Collaboration of Aggregators with Open Repositories',
        language: 'en',
      },
    ]);
    expect(creators.map(({ name, affiliation }) => `${name}: ${affiliation}`)).to.deep.equal([
      'Pontika, Nancy: The Open University, UK',
      'Knoth, Petr: The Open University, UK',
      'Cacellieri, Matteo: The Open University, UK',
      'Pearce, Samuel: The Open University, UK',
    ]);
    expect(published).to.equal('2016-02');
    expect(source).to.deep.equal({ title: 'LIBER QUARTERLY', volume: '25', issue: '4', pages: '172-188' });
    expect(rest.publishedDoi).to.equal('10.18352/lq.10138');
    expect(rest.licence).to.equal('https://creativecommons.org/licenses/by/4.0/');
    expect(rest.access).to.deep.equal({ right: 'open' });
    expect(rest.type).to.equal(type('c_2df8fbb1'));
    expect(rest.subjects.map(({ value }) => value)).to.deep.equal([
      'open access',
      'repositories',
      'harvesting',
    ]);
    expect(references).to.have.length(14);
    expect(references[0]).to.deep.equal({
      text: 'Allard, S.L., Mack, T.R., & Feltner-Reichert, M. (2005). The librarian’s role in institutional repositories: a content analysis of the literature. Reference Services Review, 33(3), 325–336. doi:10.1108/00907320510611357.',
      identifier: { scheme: 'doi', value: '10.1108/00907320510611357' },
    });
  });

  it('finds the article in a set, with a namespace and without', () => {
    const article =
      '<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/"><front><article-meta><title-group><article-title>One</article-title></title-group></article-meta></front></article>';
    const other = article.replace('One', 'Two');
    expect(readWhole(`<pmc-articleset>${article}${other}</pmc-articleset>`).titles).to.deep.equal([
      { value: 'One' },
    ]);
    expect(readWhole(article.replace(/ xmlns="[^"]*"/, '')).titles).to.deep.equal([{ value: 'One' }]);
  });

  it('joins subtitles, keeps translations apart, and leaves out footnotes and running heads', () => {
    const { titles } = read(
      `<title-group>
         <article-title>A <italic>Plasmodium</italic> study<xref ref-type="fn" rid="fn1">*</xref><fn id="fn2"><p>Note.</p></fn></article-title>
         <subtitle>With H<sub>2</sub>O</subtitle>
         <trans-title-group xml:lang="es"><trans-title>Un estudio</trans-title><trans-subtitle>Con agua</trans-subtitle></trans-title-group>
         <trans-title xml:lang="pt">Um estudo</trans-title>
         <alt-title alt-title-type="running-head">STUDY</alt-title>
       </title-group>`,
      { attributes: 'xml:lang="en"' },
    );
    expect(titles).to.deep.equal([
      { value: 'A Plasmodium study: With H2O', language: 'en' },
      { value: 'Un estudio: Con agua', language: 'es' },
      { value: 'Um estudo', language: 'pt' },
    ]);
  });

  it('says a formula once', () => {
    const { titles } = read(
      `<title-group><article-title>On <inline-formula><alternatives><tex-math>$x^2$</tex-math><mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>x²</mml:mi></mml:math></alternatives></inline-formula></article-title></title-group>`,
    );
    expect(titles).to.deep.equal([{ value: 'On x²' }]);
  });

  describe('contributors', () => {
    it('have the affiliations that they refer to, with ROR, and their ORCID', () => {
      const { creators, contributors } = read(
        `<contrib-group>
           <contrib contrib-type="author"><contrib-id contrib-id-type="orcid">https://orcid.org/0000-0003-1161-7359</contrib-id>
             <name><surname>Knoth</surname><given-names>Petr</given-names></name>
             <xref ref-type="aff" rid="a1 a2"><sup>1</sup></xref></contrib>
           <contrib contrib-type="author"><name><surname>King</surname><given-names>Martin Luther</given-names><suffix>Jr.</suffix></name>
             <aff>Boston University</aff></contrib>
         </contrib-group>
         <contrib-group content-type="editors"><contrib contrib-type="editor"><string-name>Jane Doe</string-name></contrib>
           <contrib contrib-type="reviewer"><name><surname>Silent</surname><given-names>A</given-names></name></contrib></contrib-group>
         <aff id="a1"><label>1</label><institution-wrap><institution-id institution-id-type="ROR">https://ror.org/05mzfcs16</institution-id><institution>The Open University</institution></institution-wrap><addr-line>Milton Keynes</addr-line><country>UK</country><email>x@y.example</email></aff>
         <aff id="a2"><sup>2</sup>Charles University, Prague</aff>`,
      );
      expect(creators).to.deep.equal([
        {
          name: 'Knoth, Petr',
          family: 'Knoth',
          given: 'Petr',
          kind: 'person',
          orcid: '0000-0003-1161-7359',
          affiliation: 'The Open University, Milton Keynes, UK; Charles University, Prague',
          ror: 'https://ror.org/05mzfcs16',
        },
        {
          name: 'King, Martin Luther, Jr.',
          family: 'King',
          given: 'Martin Luther, Jr.',
          kind: 'person',
          affiliation: 'Boston University',
        },
      ]);
      expect(contributors).to.deep.equal([
        { name: 'Doe, Jane', family: 'Doe', given: 'Jane', kind: 'person' },
      ]);
    });

    it('may be a collaboration with its members within, a name in two scripts, nobody', () => {
      const description = read(
        `<contrib-group>
           <contrib><collab>The ATLAS Collaboration<contrib-group><contrib><name><surname>Member</surname><given-names>A</given-names></name></contrib></contrib-group></collab></contrib>
           <contrib><name-alternatives><name name-style="western"><surname>Yamada</surname><given-names>Taro</given-names></name><name name-style="eastern" xml:lang="ja"><surname>山田</surname><given-names>太郎</given-names></name></name-alternatives></contrib>
           <contrib><anonymous/></contrib><contrib/>
         </contrib-group>`,
      );
      expect(names(description)).to.deep.equal(['The ATLAS Collaboration', 'Yamada, Taro']);
      expect(description.creators[0]?.kind).to.equal('organisation');
    });

    it('share the one affiliation that there is', () => {
      const { creators } = read(
        `<contrib-group><contrib><name><surname>A</surname><given-names>Ann</given-names></name></contrib>
         <contrib><name><surname>B</surname><given-names>Ben</given-names></name><xref ref-type="aff" rid="missing"/></contrib></contrib-group>
         <aff-alternatives id="x"><aff id="x-en"><institution>Kyoto University</institution><country>Japan</country></aff><aff xml:lang="ja">京都大学</aff></aff-alternatives>
         <aff>Kyoto</aff>`,
      );
      expect(creators.map(({ affiliation }) => affiliation)).to.deep.equal(['Kyoto', 'Kyoto']);
    });
  });

  const dates: readonly (readonly [what: string, xml: string, published: string | undefined])[] = [
    [
      'online before print',
      '<pub-date pub-type="ppub"><year>2017</year><month>3</month></pub-date><pub-date pub-type="epub"><day>5</day><month>12</month><year>2016</year></pub-date>',
      '2016-12-05',
    ],
    [
      'JATS 1.1 attributes',
      '<pub-date date-type="pub" publication-format="electronic" iso-8601-date="2019-04-02"><year>2019</year></pub-date>',
      '2019-04-02',
    ],
    [
      'a month in words',
      '<pub-date pub-type="epub"><day>7</day><month>May</month><year>2010</year></pub-date>',
      '2010-05-07',
    ],
    ['a season', '<pub-date><season>Spring</season><year>2010</year></pub-date>', '2010'],
    [
      'what the volume adds to a bare year',
      '<pub-date pub-type="epub"><year>2012</year></pub-date><pub-date pub-type="collection"><month>06</month><year>2012</year></pub-date>',
      '2012-06',
    ],
    ['the archive', '<pub-date pub-type="pmc-release"><year>2015</year></pub-date>', undefined],
    [
      'the history, where nothing else is said',
      '<history><date date-type="received"><year>2014</year></date><date date-type="accepted"><day>01</day><month>02</month><year>2015</year></date></history>',
      '2015-02-01',
    ],
    ['a printed date', '<pub-date><string-date>12 May 2009</string-date></pub-date>', '2009-05-12'],
    ['nothing', '<pub-date pub-type="epub"/>', undefined],
    ['30 February', '<pub-date><day>30</day><month>2</month><year>2010</year></pub-date>', '2010-02'],
  ];
  for (const [what, xml, published] of dates)
    it(`tells the date of publication: ${what}`, () => {
      expect(read(xml).published).to.equal(published);
    });

  const articleTypes = {
    'research-article': 'c_2df8fbb1',
    'Research Article': 'c_2df8fbb1',
    'review-article': 'c_dcae04bc',
    correction: 'c_7acd',
    'book-review': 'c_ba08',
    letter: 'c_545b',
    obituary: 'c_3e5a',
    'doctoral thesis': 'c_db06',
  };
  for (const [written, concept] of Object.entries(articleTypes))
    it(`reads the article type ${written}`, () => {
      expect(read('', { attributes: `article-type="${written}"` }).type).to.equal(type(concept));
    });

  it('reads the heading where there is no article type', () => {
    const heading =
      '<article-categories><subj-group subj-group-type="heading"><subject>Editorial</subject></subj-group></article-categories>';
    expect(read(heading).type).to.equal(type('c_b239'));
    expect(read(heading, { attributes: 'article-type="other"' }).type).to.equal(type('c_b239'));
    expect(read('').type).to.equal(type('c_6501'));
  });

  it('flattens structured abstracts, translated ones too, and leaves out pictures and highlights', () => {
    const { abstracts } = read(
      `<abstract><title>Abstract</title><sec><title>Background</title><p>We ask.</p></sec><sec><title>Results:</title><p>We<xref ref-type="bibr" rid="r1">1</xref> know<fn><p>x</p></fn>.</p></sec></abstract>
       <abstract abstract-type="graphical"><p><graphic/></p></abstract>
       <abstract abstract-type="highlights"><p>Short.</p></abstract>
       <trans-abstract xml:lang="pt"><title>Resumo</title><p>Um.</p><p>Dois.</p></trans-abstract>`,
      { attributes: 'xml:lang="en"' },
    );
    expect(abstracts).to.deep.equal([
      { value: 'Background: We ask. Results: We1 know.', language: 'en' },
      { value: 'Um. Dois.', language: 'pt' },
    ]);
  });

  it('reads keywords, compound ones too, and subjects, but no abbreviations and headings', () => {
    const { subjects } = read(
      `<article-categories><subj-group subj-group-type="heading"><subject>Research Article</subject></subj-group>
         <subj-group subj-group-type="Discipline"><subject>Biology</subject><subj-group><subject>Ecology</subject></subj-group></subj-group></article-categories>
       <kwd-group xml:lang="en" kwd-group-type="author"><kwd>malaria</kwd><kwd><italic>P. vivax</italic></kwd>
         <compound-kwd><compound-kwd-part content-type="code">C1</compound-kwd-part><compound-kwd-part content-type="text">fever</compound-kwd-part></compound-kwd></kwd-group>
       <kwd-group kwd-group-type="abbreviations"><kwd>WHO</kwd></kwd-group>`,
    );
    expect(subjects).to.deep.equal([
      { value: 'malaria', language: 'en' },
      { value: 'P. vivax', language: 'en' },
      { value: 'fever', language: 'en' },
      { value: 'Biology' },
      { value: 'Ecology' },
    ]);
  });

  const licences: readonly (readonly [what: string, xml: string])[] = [
    [
      'in xlink:href',
      '<license xlink:href="http://creativecommons.org/licenses/by/4.0/"><license-p>x</license-p></license>',
    ],
    [
      'as ali:license_ref',
      '<license><ali:license_ref xmlns:ali="http://www.niso.org/schemas/ali/1.0/">https://creativecommons.org/licenses/by/4.0/</ali:license_ref></license>',
    ],
    [
      'as a link in its text',
      '<license><license-p>Under <ext-link ext-link-type="uri" xlink:href="https://creativecommons.org/licenses/by/4.0/legalcode">this</ext-link>.</license-p></license>',
    ],
    ['in words', '<license><p>Creative Commons Attribution 4.0 International License</p></license>'],
  ];
  for (const [what, xml] of licences)
    it(`reads a licence ${what}`, () => {
      expect(read(`<permissions>${xml}</permissions>`).licence).to.equal(
        'https://creativecommons.org/licenses/by/4.0/',
      );
    });

  it('takes no licence for an access right', () => {
    expect(
      read('<permissions><license xlink:href="http://creativecommons.org/licenses/by/4.0/"/></permissions>'),
    ).not.to.have.property('access');
    expect(read('<permissions><free_to_read/></permissions>').access).to.deep.equal({ right: 'open' });
  });

  it('takes the day from which an older article is free to read for an embargo’s end', () => {
    const free = (start: string): string =>
      `<permissions><free_to_read start_date="${start}"/></permissions>`;
    const date = '<pub-date pub-type="epub"><year>2020</year><month>5</month></pub-date>';
    expect(read(date + free('2021-05-01')).access).to.deep.equal({
      right: 'embargoed',
      embargoEnds: '2021-05-01',
    });
    expect(read(date + free('2020-05-12')).access).to.deep.equal({ right: 'open' });
    expect(read(free('2021-05-01')).access).to.deep.equal({ right: 'open' });
  });

  it('reads awards with their funders, and those of NLM', () => {
    const { funding } = read(
      `<funding-group><award-group><funding-source><institution-wrap><institution-id institution-id-type="FundRef">http://dx.doi.org/10.13039/501100000780</institution-id><institution>European Commission</institution></institution-wrap></funding-source><award-id>643410</award-id><award-id>777541</award-id></award-group>
         <award-group><funding-source>Some Trust</funding-source></award-group>
         <funding-statement>We thank them.</funding-statement></funding-group>
       <contract-num rid="x">R01</contract-num><contract-sponsor>NIH</contract-sponsor>`,
    );
    expect(funding).to.deep.equal([
      { funder: 'European Commission', funderId: 'https://doi.org/10.13039/501100000780', award: '643410' },
      { funder: 'European Commission', funderId: 'https://doi.org/10.13039/501100000780', award: '777541' },
      { funder: 'Some Trust' },
      {
        funder: 'National Institutes of Health',
        funderId: 'https://doi.org/10.13039/100000002',
        award: 'R01',
      },
    ]);
  });

  it('reads identifiers, the journal and files', () => {
    const description = read(
      `<article-id pub-id-type="pmc">PMC123</article-id><article-id pub-id-type="pmid">123</article-id><article-id pub-id-type="publisher-id">1234-5679</article-id>
       <article-id pub-id-type="doi">https://doi.org/10.1000/ABC</article-id><article-id pub-id-type="doi">n/a</article-id>
       <volume>9</volume><issue>3</issue><elocation-id>e12</elocation-id>
       <self-uri content-type="pdf" xlink:href="https://journal.example/article/download/1/2"/><self-uri xlink:href="https://journal.example/article/view/1"/><self-uri xlink:href="main.pdf"/>`,
      {
        journal:
          '<journal-title>D-Lib Magazine</journal-title><issn pub-type="epub">1082-9873</issn><issn>0000-0001</issn><publisher><publisher-name>CNRI</publisher-name></publisher>',
      },
    );
    expect(identifiers(description)).to.deep.equal([
      'url https://pmc.ncbi.nlm.nih.gov/articles/PMC123/',
      'pmid 123',
      'doi 10.1000/abc',
      'url https://journal.example/article/view/1',
    ]);
    expect(relations(description)).to.deep.equal(['isPartOf issn 1082-9873']);
    expect(description.source).to.deep.equal({
      title: 'D-Lib Magazine',
      volume: '9',
      issue: '3',
      pages: 'e12',
    });
    expect(description.publisher).to.equal('CNRI');
    expect(description.files.map(({ url }) => url)).to.deep.equal([
      'https://journal.example/article/download/1/2',
    ]);
  });

  it('relates the article to others, of known and unknown kinds, and to the book under review', () => {
    const description = read(
      `<article-id pub-id-type="doi">10.1000/own</article-id>
       <related-article related-article-type="corrected-article" ext-link-type="doi" xlink:href="10.1000/1"/>
       <related-article related-article-type="Preprint" ext-link-type="doi" xlink:href="https://doi.org/10.1101/2020.1"/>
       <related-article related-article-type="companion" ext-link-type="pubmed" xlink:href="777"/>
       <related-object document-id="NCT01" document-id-type="clinical-trial"/>
       <product product-type="book"><source>A Book</source><isbn>978-3-16-148410-0</isbn></product>`,
    );
    expect(relations(description)).to.deep.equal([
      'references doi 10.1000/1',
      'hasVersion doi 10.1101/2020.1',
      'relation pmid 777',
      'isReviewOf isbn 9783161484100',
    ]);
    expect(description.publishedDoi).to.equal('10.1000/own');
  });

  it('reads references as printed, and puts together those that are taken apart', () => {
    const { references } = read('', {
      back: `<ref-list><ref id="r1"><label>1</label><element-citation publication-type="journal"><person-group person-group-type="author"><name><surname>Knoth</surname><given-names>P</given-names></name><collab>CORE</collab></person-group><year>2012a</year><article-title>Three access levels</article-title><source>D-Lib</source><volume>18</volume><issue>11</issue><fpage>1</fpage><lpage>9</lpage><pub-id pub-id-type="pmid">99</pub-id><pub-id pub-id-type="doi">10.1045/november2012-knoth</pub-id></element-citation></ref>
          <ref><mixed-citation><label>2</label>Doe, J. <article-title>A title</article-title> <year>2001</year> .</mixed-citation></ref>
          <ref><citation citation-type="book"><source>A Book</source><year>1999</year></citation></ref>
          <ref><note><p>See also.</p></note></ref>
          <ref-list><ref><nlm-citation>Old form, 1985.</nlm-citation></ref></ref-list></ref-list>`,
    });
    expect(references).to.deep.equal([
      {
        text: 'Knoth P, CORE. 2012a. Three access levels. D-Lib. 18(11). 1-9. doi:10.1045/november2012-knoth',
        identifier: { scheme: 'doi', value: '10.1045/november2012-knoth' },
        title: 'Three access levels',
        year: '2012',
      },
      { text: 'Doe, J. A title 2001.', title: 'A title', year: '2001' },
      { text: '1999. A Book', title: 'A Book', year: '1999' },
      { text: 'Old form, 1985.' },
    ]);
  });

  it('reads no more than a thousand references', () => {
    const refs = Array.from(
      { length: 1500 },
      (_, n) => `<ref><mixed-citation>Work ${n}</mixed-citation></ref>`,
    );
    expect(read('', { back: `<ref-list>${refs.join('')}</ref-list>` }).references).to.have.length(1000);
  });

  it('makes something of what is no article at all', () => {
    for (const xml of ['<article/>', '<article><front/></article>', '<article>x</article>', '<p/>'])
      expect(readWhole(xml).titles).to.deep.equal([]);
  });
});
