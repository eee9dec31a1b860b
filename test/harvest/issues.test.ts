import { expect } from 'chai';
import { IssueBook, MOST_ROWS, type ThisHarvest } from '../../node/harvest/issue-book.ts';
import type { Problem, Severity } from '../../node/harvest/issue.ts';
import { countIssues, listIssues } from '../../node/harvest/issue-store.ts';
import type { Operation, Section } from '../../node/store/index.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';

function aProblem(parts: Partial<Problem> = {}): Problem {
  return { code: 'TEST', severity: 'warning', message: 'Something', remedy: 'Mend it', ...parts };
}

const ofRecord = (n: number, parts: Partial<Problem> = {}): Problem =>
  aProblem({ oaiIdentifier: `oai:x:${n}`, ...parts });

describe('the issues of a harvest', () => {
  let test: TestCatalogue;
  let section: Section;
  beforeEach(async () => {
    test = await aCatalogue();
    section = test.store.section('harvest');
  });
  afterEach(async () => {
    await test.close();
  });

  const write = (operations: Operation[]): Promise<void> => section.batch(operations);
  const open = (source: string, harvest: ThisHarvest = { kind: 'full', number: 1 }): Promise<IssueBook> =>
    IssueBook.open(section, source, harvest);
  const page = (book: IssueBook, problems: Problem[], records: string[] = [], number = 1): Promise<void> =>
    write(book.page({ page: number, records, problems }, 1_000));
  const codes = async (severity?: Severity): Promise<string[]> =>
    (await listIssues(section, { limit: 100, ...(severity !== undefined && { severity }) })).map(
      ({ code }) => code,
    );

  it('are listed errors first, a page at a time, also of one severity alone', async () => {
    const [one, two] = [await open('one!/ü'), await open('two')];
    await page(one, [
      ofRecord(1, { code: 'A', severity: 'info' }),
      ofRecord(1, { code: 'B', severity: 'error' }),
    ]);
    await page(two, [
      ofRecord(1, { code: 'C', severity: 'error' }),
      ofRecord(2, { code: 'D', severity: 'warning' }),
    ]);
    expect(await codes()).to.deep.equal(['B', 'C', 'D', 'A']);
    expect(await codes('error')).to.deep.equal(['B', 'C']);
    const first = await listIssues(section, { limit: 3 });
    const rest = await listIssues(section, { limit: 3, after: first[2]?.id ?? '' });
    expect([...first, ...rest].map(({ source }) => source)).to.deep.equal(['one!/ü', 'two', 'two', 'one!/ü']);
    expect(
      await listIssues(section, { severity: 'error', after: first[2]?.id ?? '', limit: 3 }),
    ).to.deep.equal([]);
    expect(await countIssues(section)).to.deep.equal({ error: 2, warning: 1, info: 1 });
  });

  it('are one row for the same problem, two for two problems of one record', async () => {
    const book = await open('one');
    await page(book, [ofRecord(1, { about: 'dc:title' }), ofRecord(1, { about: 'dc:creator' })]);
    await page(book, [ofRecord(1, { about: 'dc:title' }), ofRecord(1, { about: 'dc:creator' })]);
    const issues = await listIssues(section, { limit: 10 });
    expect(issues.map(({ count }) => count)).to.deep.equal([2, 2]);
    expect(issues[0]).to.have.all.keys(
      'id',
      'source',
      'code',
      'severity',
      'message',
      'remedy',
      'oaiIdentifier',
      'place',
      'firstSeen',
      'lastSeen',
      'count',
    );
  });

  it('close when the record is read without them, also by a later harvest', async () => {
    await page(await open('one'), [ofRecord(1, { code: 'A' }), ofRecord(1, { code: 'B' }), ofRecord(2)]);
    const later = await open('one', { kind: 'incremental', number: 2 });
    await page(later, [ofRecord(1, { code: 'B' })], ['oai:x:1']);
    expect(await codes()).to.deep.equal(['B', 'TEST']);
    await write(later.complete());
    expect(await codes()).to.deep.equal(['B', 'TEST']);
  });

  it('of a page close when that page is read well, and not by that page of another list', async () => {
    const full = await open('one');
    await page(full, [
      aProblem({ code: 'A', place: { record: 2 } }),
      aProblem({ code: 'A', place: { record: 3 } }),
    ]);
    const incremental = await open('one', { kind: 'incremental', number: 2 });
    await page(incremental, []);
    await write(incremental.complete());
    expect(await codes()).to.deep.equal(['A', 'A']);
    await page(await open('one', { kind: 'full', number: 3 }), []);
    expect(await codes()).to.deep.equal([]);
  });

  it('of the source as a whole close with the next harvest that is complete without them', async () => {
    const book = await open('one');
    await write(book.source([aProblem({ code: 'DOWN' })], 1));
    const again = await open('one');
    await write(again.source([aProblem({ code: 'MOVED' })], 1));
    await write(again.complete());
    expect(await codes()).to.deep.equal(['MOVED']);
  });

  it('close at the end of a full harvest that did not meet them', async () => {
    await page(await open('one'), [ofRecord(1), ofRecord(2)]);
    const full = await open('one', { kind: 'full', number: 2 });
    await page(full, [ofRecord(2)], ['oai:x:2']);
    await write(full.complete());
    const left = await listIssues(section, { limit: 10 });
    expect(left.map(({ oaiIdentifier }) => oaiIdentifier)).to.deep.equal(['oai:x:2']);
  });

  it('have a bound: beyond it they are counted only', async () => {
    const book = await open('one');
    for (let start = 0; start < MOST_ROWS + 200; start += 1_000) {
      const problems = Array.from({ length: 1_000 }, (_, i) => ofRecord(start + i, { severity: 'info' }));
      await page(book, problems, [], start);
    }
    await page(book, [ofRecord(1, { severity: 'error' })]);
    expect(await countIssues(section)).to.deep.equal({ error: 1, warning: 0, info: 11_000 });
    const rows = await listIssues(section, { severity: 'info', limit: 20_000 });
    expect(rows).to.have.length(MOST_ROWS);
    const again = await open('one');
    await write(again.recount());
    expect(await countIssues(section)).to.include({ info: MOST_ROWS });
  });
});
