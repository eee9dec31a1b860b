import { parse } from 'csv-parse/sync';
import { expect } from 'chai';
import { IssueBook } from '../../node/harvest/issue-book.ts';
import { countIssues, countKinds, listIssues } from '../../node/harvest/issue-store.ts';
import type { Problem } from '../../node/harvest/issue.ts';
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
      issueCounts: () => countIssues(section),
      issueKinds: () => countKinds(section),
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
