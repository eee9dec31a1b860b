import { expect } from 'chai';
import { UsageIssues } from '../../../node/harvest/index.ts';
import { countKinds, listIssues } from '../../../node/harvest/issues/issue-store.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';

describe('the issues of logs of use', () => {
  let test: TestCatalogue;
  let issues: UsageIssues;
  const open = async (): Promise<string[]> =>
    (await listIssues(test.store.section('harvest'), { limit: 100 })).map(
      ({ source, severity, message }) => `${source}, ${severity}: ${message}`,
    );

  beforeEach(async () => {
    test = await aCatalogue();
    issues = new UsageIssues({ section: test.store.section('harvest') });
  });
  afterEach(() => test.close());

  it('are told with how many there were, and close when that is over', async () => {
    const files = ['a.gz', 'b.gz', 'c.gz', 'd.gz', 'e.gz', 'f.gz', 'g.gz'];
    await issues.replace(
      'web',
      { troubles: [{ code: 'LOG_FILE_DAMAGED', files }], refused: { LOG_LINE_CUT: 7 } },
      1,
    );
    expect(await open()).to.deep.equal([
      'usage: web, warning: A packed log is cut off or damaged: a.gz, b.gz, c.gz, d.gz, e.gz and 2 more.',
      'usage: web, warning: Lines of a log end in their midst: 7 in the last seven days.',
    ]);
    await issues.replace('web', { troubles: [], refused: { LOG_LINE_CUT: 8 } }, 2);
    expect(await open()).to.deep.equal([
      'usage: web, warning: Lines of a log end in their midst: 8 in the last seven days.',
    ]);
    await issues.replace('web', { troubles: [], refused: {} }, 3);
    expect(await open()).to.deep.equal([]);
  });

  it('are told of a code that is not known, too', async () => {
    await issues.replace('web', { troubles: [], refused: { USAGE_SOMETHING: 1 } }, 1);
    expect(await open()).to.deep.equal(['usage: web, warning: USAGE_SOMETHING: 1 in the last seven days.']);
  });

  it('go with the log', async () => {
    for (const log of ['web', 'old'])
      await issues.replace(log, { troubles: [], refused: { LOG_LINE_CUT: 1 } }, 1);
    await new UsageIssues({ section: test.store.section('harvest') }).keepOnly(['web']);
    expect((await countKinds(test.store.section('harvest'))).map(({ source }) => source)).to.deep.equal([
      'usage: web',
    ]);
  });
});
