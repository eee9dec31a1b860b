import { parse } from 'csv-parse/sync';
import { expect } from 'chai';
import { type HarvestIssue, issueCsvHead, issueCsvLine, toldIssue } from '../../../node/harvest/index.ts';

const issue: HarvestIssue = {
  id: '2!one!NAME_SPLIT!x',
  source: 'one',
  code: 'NAME_SPLIT',
  severity: 'info',
  message: 'dc:creator: Several names in one field were told apart.',
  remedy: 'Enter each name in a field of its own.',
  oaiIdentifier: 'oai:x:1',
  place: { page: 2 },
  repairs: [
    { before: 'A; B', after: 'A, "B"' },
    { before: '=HYPERLINK("http://x.example")', after: '' },
  ],
  firstSeen: 0,
  lastSeen: 1_000,
  count: 3,
};

function table(...issues: HarvestIssue[]): Record<string, string>[] {
  const text = issueCsvHead + issues.map((one) => issueCsvLine(toldIssue(one))).join('');
  return parse(text, { columns: true, bom: true });
}

describe('an issue as it is told', () => {
  it('has times that people read, and the meaning of its code', () => {
    expect(toldIssue(issue)).to.include({
      title: 'Several names in one field were told apart',
      firstSeen: '1970-01-01T00:00:00.000Z',
      lastSeen: '1970-01-01T00:00:01.000Z',
    });
    expect(toldIssue({ ...issue, code: 'OF_LATER' }).title).to.equal(issue.message);
  });

  it('is a line of a table', () => {
    expect(table(issue, { ...issue, source: 'zwei, "ü"\n' })).to.deep.equal([
      {
        severity: 'info',
        code: 'NAME_SPLIT',
        title: 'Several names in one field were told apart',
        message: issue.message,
        source: 'one',
        oaiIdentifier: 'oai:x:1',
        url: '',
        page: '2',
        recordInPage: '',
        file: '',
        line: '',
        before: 'A; B\n=HYPERLINK("http://x.example")',
        after: 'A, "B"\n',
        detail: '',
        remedy: issue.remedy,
        firstSeen: '1970-01-01T00:00:00.000Z',
        lastSeen: '1970-01-01T00:00:01.000Z',
        timesMet: '3',
      },
      { ...table(issue)[0], source: 'zwei, "ü"\n' },
    ]);
  });

  it('tells in the table in which line of which file it is', () => {
    const [row] = table({ ...issue, place: { file: 'a.csv', line: 12 } });
    expect(row).to.include({ page: '', file: 'a.csv', line: '12' });
  });

  for (const formula of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1']) {
    it(`is no formula where a value is ${JSON.stringify(formula)}`, () => {
      const [row] = table({ ...issue, detail: formula, oaiIdentifier: formula });
      expect(row).to.include({ detail: `'${formula}`, oaiIdentifier: `'${formula}` });
    });
  }
});
