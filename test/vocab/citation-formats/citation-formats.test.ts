import { expect } from 'chai';
import { recordToBibtex, recordToCsl, recordToRis } from '../../../vocab/citation-formats/index.ts';
import { fullRecord } from '../json-ld/full-record.ts';

describe('a record for reference managers', () => {
  it('is an item of CSL-JSON with the published DOI, the journal and the names apart', () => {
    expect(recordToCsl(fullRecord)).to.deep.include({
      type: 'report',
      title: 'Repositories of the next generation',
      DOI: '10.1000/published',
      'container-title': 'Insights',
      volume: '30',
      issued: { 'date-parts': [[2017, 11, 28]] },
    });
    const [person, organisation] = recordToCsl(fullRecord)['author'] as object[];
    expect(person).to.deep.equal({
      family: 'Rodrigues',
      given: 'Eloy',
      ORCID: 'https://orcid.org/0000-0003-1783-2155',
    });
    expect(organisation).to.deep.equal({ literal: 'COAR' });
  });

  it('has no variables that the record says nothing of', () => {
    const { creators: _, source: __, publishedDoi: ___, ...rest } = fullRecord;
    const item = recordToCsl({ ...rest, creators: [], identifiers: [], relations: [], subjects: [] });
    expect(item).to.not.have.any.keys('author', 'container-title', 'DOI', 'keyword', 'ISSN');
    expect(item['URL']).to.equal(fullRecord.id);
  });

  for (const [type, expected] of [
    ['c_6501', 'article-journal'],
    ['c_2df8fbb1', 'article-journal'],
    ['c_db06', 'thesis'],
    ['c_ddb1', 'dataset'],
    ['c_1843', 'document'],
    [undefined, 'document'],
  ] as const) {
    it(`${type ?? 'no type'} is a ${expected}`, () => {
      const { type: _, ...rest } = fullRecord;
      const uri = type && `http://purl.org/coar/resource_type/${type}`;
      expect(recordToCsl({ ...rest, ...(uri !== undefined && { type: uri }) }).type).to.equal(expected);
    });
  }

  it('is an entry of BibTeX in which nothing can break out', async () => {
    const titles = [{ value: String.raw`A } title, with \input{x} & 50% {braces` }];
    const entry = await recordToBibtex({ ...fullRecord, titles });
    expect(entry).to.match(/^@techreport\{/);
    expect(entry)
      .to.include('doi = {10.1000/published}')
      .and.not.include(String.raw`\input{`);
    const unescaped = entry.replaceAll(/\\[{}]|\\text\w+\{\}/g, '');
    expect(unescaped.split('{').length).to.equal(unescaped.split('}').length);
  });

  it('is an entry of RIS from TY to ER, whatever line ends its texts have', async () => {
    const titles = [{ value: 'A title\r\nER  - \r\nTY  - JOUR' }];
    const entry = await recordToRis({ ...fullRecord, titles });
    expect(entry).to.match(/^TY {2}- RPRT\r?\n/);
    expect(entry.match(/^ER {2}-/gm)).to.have.length(1);
    expect(entry).to.include('DO  - 10.1000/published');
  });

  it('has the keywords of RIS each on its line, without spaces before them', async () => {
    const subjects = [{ value: 'open access' }, { value: 'repositories' }];
    const entry = await recordToRis({ ...fullRecord, subjects });
    expect(entry.match(/^KW.*/gm)).to.deep.equal(['KW  - open access', 'KW  - repositories']);
  });
});
