import { parse } from 'csv-parse/sync';
import { expect } from 'chai';
import { IssueBook } from '../../node/harvest/issues/issue-book.ts';
import { countIssues, countKinds, listIssues } from '../../node/harvest/issues/issue-store.ts';
import type { Problem } from '../../node/harvest/issues/issue.ts';
import type { ToldIssue } from '../../node/harvest/index.ts';
import type { Section } from '../../node/store/index.ts';
import { aPut } from '../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';
import { API_TOKEN, aSite, type TestSite } from './support/a-site.ts';
import { HeldSources } from './support/parts.ts';

const ofRecord = (n: number, parts: Partial<Problem> = {}): Problem => ({
  code: 'NAME_SPLIT',
  severity: 'info',
  message: 'Several names',
  remedy: 'Mend it.',
  oaiIdentifier: `oai:repository.example:${n}`,
  ...parts,
});

interface Kind {
  code: string;
  count: number;
  [name: string]: unknown;
}

describe('the issues by HTTP', () => {
  let test: TestCatalogue;
  let section: Section;
  let site: TestSite;
  let key: string;
  beforeEach(async () => {
    test = await aCatalogue();
    section = test.store.section('harvest');
    const harvester = Object.assign(new HeldSources(), {
      issues: (filter: Parameters<typeof listIssues>[1]) => listIssues(section, filter),
      issueCounts: (filter: Parameters<typeof countIssues>[1]) => countIssues(section, filter),
      issueKinds: (filter: Parameters<typeof countKinds>[1]) => countKinds(section, filter),
    });
    site = await aSite({ parts: { harvester } });
    [key = ''] = await site.put(aPut(1));
  });
  afterEach(async () => {
    await site.close();
    await test.close();
  });

  const report = async (source: string, problems: Problem[]): Promise<void> => {
    const book = await IssueBook.open(section, source, { kind: 'full', number: 1 });
    await book.page({ page: 1, records: [], problems }, Date.UTC(2026, 0, 2));
  };
  const ask = (path: string, accept = '*/*'): Promise<Response> =>
    fetch(`${site.url}/api/issues${path}`, { headers: { authorization: `Bearer ${API_TOKEN}`, accept } });
  const issues = async (query: string): Promise<ToldIssue[]> =>
    ((await (await ask(query)).json()) as { issues: ToldIssue[] }).issues;

  it('are told with what they mean, and when they were seen', async () => {
    await report('one', [ofRecord(1, { repairs: [{ before: 'A; B', after: 'A' }] })]);
    expect((await issues(''))[0]).to.deep.include({
      code: 'NAME_SPLIT',
      title: 'Several names in one field were told apart',
      repairs: [{ before: 'A; B', after: 'A' }],
      firstSeen: '2026-01-02T00:00:00.000Z',
      lastSeen: '2026-01-02T00:00:00.000Z',
    });
  });

  it('are found by severity, code, source and record', async () => {
    await report('one', [
      ofRecord(1),
      ofRecord(2),
      ofRecord(1, { code: 'RECORD_NO_TITLE', severity: 'warning' }),
    ]);
    await report('two', [ofRecord(1)]);
    expect(await issues('?severity=warning')).to.have.length(1);
    expect(await issues('?code=NAME_SPLIT')).to.have.length(3);
    expect(await issues('?code=NAME_SPLIT&source=one')).to.have.length(2);
    expect(await issues('?oaiIdentifier=oai:repository.example:1')).to.have.length(3);
    expect(await issues(`?record=${key}`)).to.have.length(3);
    expect(
      await issues(`?record=${encodeURIComponent(`https://node.example/records/${key}`)}`),
    ).to.have.length(3);
    expect(await issues('?record=oai:repository.example:2')).to.have.length(1);
    expect(await issues('?record=oai:repository.example:9')).to.deep.equal([]);
    for (const query of ['?severity=fatal', '?limit=0', '?limit=1001', '?after=', '?code=', '?format=xml']) {
      expect((await ask(query)).status, query).to.equal(400);
    }
  });

  it('are counted as far as they fit', async () => {
    const unreadable = ofRecord(3, { code: 'OAI_RECORD_UNREADABLE', severity: 'error' });
    await report('one', [ofRecord(1), ofRecord(2), unreadable]);
    await report('two', [ofRecord(1)]);
    const counts = async (query: string): Promise<object> =>
      ((await (await ask(query)).json()) as { counts: object }).counts;
    expect(await counts('')).to.deep.equal({ error: 1, warning: 0, info: 3 });
    expect(await counts('?severity=info')).to.deep.equal({ error: 0, warning: 0, info: 3 });
    expect(await counts('?code=NAME_SPLIT&source=one')).to.deep.equal({ error: 0, warning: 0, info: 2 });
    expect(await counts(`?record=${key}&source=two`)).to.deep.equal({ error: 0, warning: 0, info: 1 });
    expect(await counts(`?record=${key}`)).to.deep.equal({ error: 0, warning: 0, info: 2 });
    const [first] = await issues('?severity=info&limit=1');
    expect(await counts(`?severity=info&after=${first?.id ?? ''}`)).to.deep.equal(
      await counts('?severity=info'),
    );
    const { kinds } = (await (await ask(`/kinds?record=${key}`)).json()) as { kinds: Kind[] };
    expect(kinds.map(({ code, count }) => [code, count])).to.deep.equal([['NAME_SPLIT', 2]]);
  });

  it('of a source that there is not are none, which is said', async () => {
    await report('former', [ofRecord(1)]);
    expect(await issues('?source=former')).to.have.length(1);
    expect(await issues('?source=repository')).to.deep.equal([]);
    for (const path of ['?source=nope', '.csv?source=nope', '/kinds?source=nope']) {
      const answer = await ask(path);
      expect(answer.status, path).to.equal(404);
      const problem = (await answer.json()) as object;
      expect(problem).to.include({ code: 'HARVEST_UNKNOWN_SOURCE' });
      expect(problem).to.have.property('remedy').that.includes('Choose one of: repository.');
    }
  });

  it('come as a table, all that fit', async () => {
    const many = Array.from({ length: 2_345 }, (_, i) => ofRecord(i));
    await report('one', [...many, ofRecord(1, { code: 'RECORD_NO_TITLE', severity: 'warning' })]);
    for (const answer of [
      await ask('.csv?code=NAME_SPLIT'),
      await ask('?code=NAME_SPLIT&format=csv'),
      await ask('?code=NAME_SPLIT', 'text/csv'),
    ]) {
      expect(answer.headers.get('content-type')).to.equal('text/csv; charset=utf-8; header=present');
      const rows: Record<string, string>[] = parse(Buffer.from(await answer.arrayBuffer()), {
        columns: true,
        bom: true,
      });
      expect(new Set(rows.map(({ oaiIdentifier }) => oaiIdentifier)).size).to.equal(2_345);
    }
    const page = await ask('', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8');
    expect(page.headers.get('content-type')).to.match(/^application\/json/);
  });

  it('are counted by kind, errors first', async () => {
    await report('one', [
      ofRecord(1),
      ofRecord(2),
      ofRecord(3, { code: 'OAI_RECORD_UNREADABLE', severity: 'error' }),
    ]);
    await report('two', [ofRecord(1), ofRecord(1, { code: 'OF_LATER' })]);
    const { kinds } = (await (await ask('/kinds')).json()) as { kinds: Kind[] };
    expect(kinds.map(({ code, count }) => [code, count])).to.deep.equal([
      ['OAI_RECORD_UNREADABLE', 1],
      ['NAME_SPLIT', 3],
      ['OF_LATER', 1],
    ]);
    expect(kinds[1]).to.deep.include({
      subject: 'metadata',
      severity: 'info',
      title: 'Several names in one field were told apart',
      sources: { one: 2, two: 1 },
    });
    expect(kinds[2]).to.include({ title: 'OF_LATER' });
    const two = (await (await ask('/kinds?source=two')).json()) as { kinds: Kind[] };
    expect(two.kinds.map(({ count }) => count)).to.deep.equal([1, 1]);
  });

  it('are the manager’s alone', async () => {
    for (const path of ['', '.csv', '/kinds']) {
      expect((await fetch(`${site.url}/api/issues${path}`)).status, path).to.equal(401);
    }
  });
});
