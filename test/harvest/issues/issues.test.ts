import { expect } from 'chai';
import fc from 'fast-check';
import { DocumentIssues } from '../../../node/harvest/issues/document-issues.ts';
import { IssueBook, type ThisHarvest } from '../../../node/harvest/issues/issue-book.ts';
import { MOST_ROWS } from '../../../node/harvest/issues/issue-ledger.ts';
import { severities, type Problem, type Severity } from '../../../node/harvest/issues/issue.ts';
import {
  countIssues,
  countKinds,
  forgetIssues,
  type IssueFilter,
  listIssues,
} from '../../../node/harvest/issues/issue-store.ts';
import type { Section } from '../../../node/store/index.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';

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

  const open = (source: string, harvest: ThisHarvest = { kind: 'full', number: 1 }): Promise<IssueBook> =>
    IssueBook.open(section, source, harvest);
  const page = (book: IssueBook, problems: Problem[], records: string[] = [], number = 1): Promise<void> =>
    book.page({ page: number, records, problems }, 1_000);
  const codes = async (filter: IssueFilter = {}): Promise<string[]> =>
    (await listIssues(section, { limit: 100, ...filter })).map(({ code }) => code);

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
    expect(await codes({ severity: 'error' })).to.deep.equal(['B', 'C']);
    const first = await listIssues(section, { limit: 3 });
    const rest = await listIssues(section, { limit: 3, after: first[2]?.id ?? '' });
    expect([...first, ...rest].map(({ source }) => source)).to.deep.equal(['one!/ü', 'two', 'two', 'one!/ü']);
    expect(
      await listIssues(section, { severity: 'error', after: first[2]?.id ?? '', limit: 3 }),
    ).to.deep.equal([]);
    expect(await countIssues(section)).to.deep.equal({ error: 2, warning: 1, info: 1 });
  });

  it('are found by source, code and record', async () => {
    const [one, two] = [await open('one'), await open('two')];
    await page(one, [ofRecord(1, { code: 'A' }), ofRecord(1, { code: 'B' }), ofRecord(2, { code: 'A' })]);
    await page(two, [ofRecord(1, { code: 'A' }), ofRecord(1, { code: 'AB', severity: 'error' })]);
    const found = async (filter: IssueFilter): Promise<string[]> =>
      (await listIssues(section, { limit: 100, ...filter })).map(
        ({ source, code, oaiIdentifier }) => `${source} ${code} ${oaiIdentifier?.at(-1)}`,
      );
    expect(await found({ source: 'two' })).to.deep.equal(['two AB 1', 'two A 1']);
    expect(await found({ code: 'A' })).to.have.members(['one A 1', 'one A 2', 'two A 1']);
    expect(await found({ code: 'A', source: 'one', severity: 'error' })).to.deep.equal([]);
    expect(await found({ oaiIdentifier: 'oai:x:1' })).to.deep.equal([
      'two AB 1',
      'one A 1',
      'one B 1',
      'two A 1',
    ]);
    expect(await found({ oaiIdentifier: 'oai:x:1', code: 'A', source: 'two' })).to.deep.equal(['two A 1']);
    const [first] = await listIssues(section, { oaiIdentifier: 'oai:x:1', limit: 1 });
    expect(await found({ oaiIdentifier: 'oai:x:1', after: first?.id ?? '' })).to.have.length(3);
    expect(await found({ source: 'none' })).to.deep.equal([]);
    expect(await countKinds(section)).to.deep.equal([
      { source: 'one', severity: 'warning', code: 'A', count: 2 },
      { source: 'one', severity: 'warning', code: 'B', count: 1 },
      { source: 'two', severity: 'error', code: 'AB', count: 1 },
      { source: 'two', severity: 'warning', code: 'A', count: 1 },
    ]);
  });

  it('are one row for the same problem, two for two problems of one record', async () => {
    const book = await open('one');
    await page(book, [ofRecord(1, { about: 'dc:title' }), ofRecord(1, { about: 'dc:creator' })]);
    await book.page(
      {
        page: 1,
        records: ['oai:x:1'],
        problems: [ofRecord(1, { about: 'dc:title' }), ofRecord(1, { about: 'dc:creator' })],
      },
      2_000,
    );
    const issues = await listIssues(section, { limit: 10 });
    expect(issues.map(({ count, firstSeen, lastSeen }) => [count, firstSeen, lastSeen])).to.deep.equal([
      [2, 1_000, 2_000],
      [2, 1_000, 2_000],
    ]);
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
    await later.complete();
    expect(await codes()).to.deep.equal(['B', 'TEST']);
  });

  it('of a page close when that page is read well, and not by that page of another list', async () => {
    const full = await open('one');
    await page(full, [
      aProblem({ code: 'A', place: { record: 2 } }),
      aProblem({ code: 'A', place: { record: 3 } }),
    ]);
    const incremental = await open('one', { kind: 'incremental', number: 2 });
    await page(incremental, [aProblem({ code: 'B' })]);
    await incremental.complete();
    expect(await codes()).to.deep.equal(['A', 'A', 'B']);
    const again = await open('one', { kind: 'full', number: 3 });
    await page(again, []);
    expect(await codes()).to.deep.equal(['B']);
    await again.complete();
    expect(await codes()).to.deep.equal([]);
  });

  it('of the source as a whole close with the next harvest that is complete without them', async () => {
    const book = await open('one');
    await book.source([aProblem({ code: 'DOWN' })], 1);
    const again = await open('one');
    await again.source([aProblem({ code: 'MOVED' })], 1);
    await again.source([aProblem({ code: 'SLOW' })], 2);
    await again.complete();
    expect(await codes()).to.deep.equal(['MOVED', 'SLOW']);
  });

  it('close with the record', async () => {
    const book = await open('one');
    await page(book, [ofRecord(1), ofRecord(2)]);
    await book.gone(['oai:x:1', 'oai:x:3']);
    const left = await listIssues(section, { limit: 10 });
    expect(left.map(({ oaiIdentifier }) => oaiIdentifier)).to.deep.equal(['oai:x:2']);
  });

  it('go with the source', async () => {
    await page(await open('one'), [ofRecord(1)]);
    await page(await open('two'), [ofRecord(1)]);
    await forgetIssues(section, 'one');
    expect(await codes()).to.have.length(1);
    expect(await countIssues(section)).to.deep.equal({ error: 0, warning: 1, info: 0 });
  });

  it('have a bound: beyond it they are counted only, and exactly', async () => {
    const book = await open('one');
    const identifiers = Array.from({ length: MOST_ROWS + 1_000 }, (_, i) => `oai:x:${i}`);
    for (let start = 0; start < identifiers.length; start += 1_000) {
      const problems = identifiers
        .slice(start, start + 1_000)
        .map((oaiIdentifier) => aProblem({ oaiIdentifier, severity: 'info' }));
      await page(book, problems, [], start);
    }
    await page(book, [ofRecord(1, { code: 'E', severity: 'error' }), ofRecord(1, { severity: 'info' })]);
    expect(await countIssues(section)).to.deep.equal({ error: 1, warning: 0, info: 11_000 });
    const rows = await listIssues(section, { severity: 'info', limit: 20_000 });
    expect(rows).to.have.length(MOST_ROWS);
    // Mended ones are counted down, whether they had a row or not.
    const later = await open('one', { kind: 'incremental', number: 2 });
    await page(
      later,
      [ofRecord(10_999, { severity: 'info' })],
      [...identifiers.slice(0, 10), ...identifiers.slice(-10)],
    );
    expect(await countIssues(section)).to.deep.equal({ error: 0, warning: 0, info: 10_981 });
  });

  it('are counted as they are listed, whatever happens in whatever order', async () => {
    const problem = fc.record({
      record: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      code: fc.constantFrom('A', 'B'),
      severity: fc.constantFrom(...severities),
      about: fc.constantFrom('x', 'y'),
    });
    const step = fc.oneof(
      fc.record({
        does: fc.constant('page'),
        page: fc.integer({ min: 1, max: 3 }),
        problems: fc.array(problem),
      }),
      fc.record({ does: fc.constant('source'), page: fc.constant(0), problems: fc.array(problem) }),
      fc.record({
        does: fc.constantFrom('complete', 'gone', 'file'),
        page: fc.integer({ min: 1, max: 4 }),
        problems: fc.array(problem),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        await section.clear();
        const documents = new DocumentIssues({ section });
        for (const [i, { does, page: n, problems }] of steps.entries()) {
          const book = await open('one', { kind: i % 2 === 0 ? 'full' : 'incremental', number: i });
          const told = problems.map(({ record, ...parts }) =>
            aProblem({ ...parts, ...(record !== undefined && { oaiIdentifier: `oai:x:${record}` }) }),
          );
          if (does === 'page') await page(book, told, ['oai:x:1'], n);
          else if (does === 'source') await book.source(told, 1);
          else if (does === 'gone') await book.gone([`oai:x:${n}`]);
          else if (does === 'file') {
            await documents.replace({ source: 'one', oaiIdentifier: 'oai:x:1', url: `u${n}` }, told, 1);
          } else await book.complete();
        }
        const counted: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
        for (const { severity } of await listIssues(section, { limit: 1_000 })) counted[severity] += 1;
        expect(await countIssues(section)).to.deep.equal(counted);
      }),
      { seed: 20261121, numRuns: 60 },
    );
  });
});

describe('the issues of files', () => {
  let test: TestCatalogue;
  let section: Section;
  let documents: DocumentIssues;
  beforeEach(async () => {
    test = await aCatalogue();
    section = test.store.section('harvest');
    documents = new DocumentIssues({ section });
  });
  afterEach(async () => {
    await test.close();
  });

  const file = (n: number, record = 1): { source: string; oaiIdentifier: string; url: string } => ({
    source: 'one',
    oaiIdentifier: `oai:x:${record}`,
    url: `https://repository.example/${record}/${n}.pdf`,
  });
  const rows = async (): Promise<string[]> =>
    (await listIssues(section, { limit: 100 })).map(({ code, url, oaiIdentifier }) =>
      [code, oaiIdentifier, url?.replace(/^.*\//, '')].join(' '),
    );

  it('are listed with those of the harvest, and closed by none', async () => {
    await documents.replace(file(1), [aProblem({ code: 'GONE', severity: 'error' })], 1);
    const book = await IssueBook.open(section, 'one', { kind: 'full', number: 1 });
    await book.page({ page: 1, records: ['oai:x:1'], problems: [ofRecord(1)] }, 1);
    await book.page({ page: 1, records: ['oai:x:1'], problems: [] }, 2);
    await book.complete();
    await book.gone(['oai:x:1']);
    expect(await rows()).to.deep.equal(['GONE oai:x:1 1.pdf']);
    expect(await listIssues(section, { oaiIdentifier: 'oai:x:1', limit: 1 })).to.have.length(1);
    expect(await countKinds(section)).to.deep.equal([
      { source: 'one', code: 'GONE', severity: 'error', count: 1 },
    ]);
  });

  it('close when the file is looked at again, and no others', async () => {
    await documents.replace(file(1), [aProblem({ code: 'A' }), aProblem({ code: 'B' })], 1);
    await documents.replace(file(2), [aProblem({ code: 'A' })], 1);
    await documents.replace(file(1), [aProblem({ code: 'B' })], 2);
    expect(await rows()).to.have.members(['A oai:x:1 2.pdf', 'B oai:x:1 1.pdf']);
    const [, b] = await listIssues(section, { limit: 2 });
    expect(b).to.include({ code: 'B', firstSeen: 1, lastSeen: 2, count: 2 });
  });

  it('are one for a host that does not exist, with the number of files', async () => {
    const unknown = aProblem({ code: 'FULLTEXT_UNKNOWN_HOST', severity: 'error' });
    const messages = async (): Promise<string[]> =>
      (await listIssues(section, { limit: 10 })).map(({ message }) => message);
    const told = 'The host repository.example does not exist.';
    await documents.replace(file(1), [unknown], 1);
    expect(await messages()).to.deep.equal([`${told} One file is linked there.`]);
    await documents.replace(file(1, 2), [unknown, aProblem()], 2);
    await documents.replace(file(2, 2), [unknown], 3);
    await documents.replace(file(2, 2), [unknown], 4);
    expect(await messages()).to.deep.equal([`${told} 3 files are linked there.`, 'Something']);
    expect(await countIssues(section)).to.deep.equal({ error: 1, warning: 1, info: 0 });
    expect((await listIssues(section, { limit: 1 }))[0]).to.include({ firstSeen: 1, lastSeen: 4 });

    await documents.replace(file(1), [], 5);
    expect(await messages()).to.include(`${told} 2 files are linked there.`);
    await documents.forget({ source: 'one', oaiIdentifier: 'oai:x:2' });
    expect(await messages()).to.deep.equal([]);
    await documents.replace(file(1), [unknown], 6);
    expect(await messages()).to.deep.equal([`${told} One file is linked there.`]);
    await forgetIssues(section, 'one');
    expect(await section.keys({}).all()).to.deep.equal([]);
  });

  it('go with their record', async () => {
    await Promise.all([
      documents.replace(file(1), [aProblem()], 1),
      documents.replace(file(2), [aProblem()], 1),
      documents.replace(file(1, 2), [aProblem()], 1),
    ]);
    await documents.forget({ source: 'one', oaiIdentifier: 'oai:x:1' });
    expect(await rows()).to.deep.equal(['TEST oai:x:2 1.pdf']);
    expect(await countIssues(section)).to.deep.equal({ error: 0, warning: 1, info: 0 });
  });
});
