import { expect } from 'chai';
import type { HarvestIssue, HarvestSummary } from '../../node/harvest/index.ts';
import type { Reply, Spoil } from '../support/misbehaving-repository.ts';
import { aHarvest, aSource, HOUR, type TestHarvest } from '../support/test-harvest.ts';

/** Spoils the answers that hold one page of the list. */
const onPage =
  (page: number, spoil: (answer: string) => Reply): Spoil =>
  (answer, asked) =>
    asked.verb === 'ListRecords' && asked.page === page ? spoil(answer) : undefined;

describe('a repository that answers badly', () => {
  let test: TestHarvest;
  beforeEach(async () => {
    test = await aHarvest();
    for (let n = 1; n <= 9; n += 1) test.repository.put(n);
  });
  afterEach(async () => {
    await test.close();
  });

  async function run(full = false): Promise<HarvestSummary> {
    const [summary] = await test.harvester.run({ full });
    if (summary === undefined) throw new Error('no summary');
    return summary;
  }

  async function issues(): Promise<HarvestIssue[]> {
    return await test.harvester.issues({ limit: 100 });
  }

  async function codes(): Promise<string[]> {
    return (await issues()).map(({ code }) => code);
  }

  const held = async (): Promise<string[]> => Object.keys(await test.content()).sort();
  const allNine = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

  /** The next run behaves: it must begin at the given page and bring everything. */
  async function goesOnAt(page: number): Promise<void> {
    test.repository.spoil = () => undefined;
    test.repository.asked.length = 0;
    expect(await run()).to.include({ outcome: 'complete', kind: 'full' });
    const pages = test.repository.asked
      .filter(({ verb }) => verb === 'ListRecords')
      .map((asked) => asked.page);
    expect(pages[0]).to.equal(page);
    expect(await held()).to.deep.equal(allNine);
    expect(await codes()).to.deep.equal([]);
  }

  const endings: { name: string; reply: (answer: string) => Reply; code: string; kept: string[] }[] = [
    {
      name: 'a web page',
      reply: () => ({
        headers: { 'content-type': 'text/html' },
        body: '<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Back soon</body></html>',
      }),
      code: 'OAI_NOT_XML',
      kept: ['1', '2', '3'],
    },
    {
      name: 'XML that stops within a record',
      reply: (answer) => ({ body: answer.slice(0, answer.indexOf('Title 6')) }),
      code: 'OAI_TRUNCATED',
      kept: ['1', '2', '3', '4', '5'],
    },
    {
      name: 'XML that stops cleanly behind a record',
      reply: (answer) => ({ body: answer.slice(0, answer.lastIndexOf('</record>') + '</record>'.length) }),
      code: 'OAI_TRUNCATED',
      kept: ['1', '2', '3', '4', '5', '6'],
    },
    {
      name: 'a connection that is cut',
      reply: (answer) => ({ body: answer.slice(0, answer.indexOf('Title 5')), cutOff: true }),
      code: 'OAI_TRUNCATED',
      kept: ['1', '2', '3', '4'],
    },
    {
      name: 'status 500',
      reply: () => ({ status: 500, body: 'oops' }),
      code: 'OAI_HTTP_STATUS',
      kept: ['1', '2', '3'],
    },
    { name: 'nothing in it', reply: () => ({ body: '' }), code: 'OAI_EMPTY', kept: ['1', '2', '3'] },
    {
      name: 'another kind of XML',
      reply: () => ({ body: '<rss version="2.0"><channel/></rss>' }),
      code: 'OAI_NOT_OAI',
      kept: ['1', '2', '3'],
    },
    {
      name: 'an error of the protocol',
      reply: (answer) => ({
        body: answer.replace(/<ListRecords>.*<\/ListRecords>/s, '<error code="badArgument">No</error>'),
      }),
      code: 'OAI_BAD_ARGUMENT',
      kept: ['1', '2', '3'],
    },
  ];
  for (const { name, reply, code, kept } of endings) {
    it(`with ${name}: what could be read is kept, and the next harvest goes on there`, async () => {
      test.repository.spoil = onPage(2, reply);
      const summary = await run();
      expect(summary).to.include({ outcome: 'failed' });
      expect(summary.error).to.include({ code });
      expect(summary.error?.remedy).to.match(/\w/);
      expect(await held()).to.deep.equal(kept);
      const issue = (await issues()).find((each) => each.code === code);
      expect(issue).to.deep.include({ severity: 'error', place: { page: 2 } });
      await goesOnAt(2);
    });
  }

  it('with nothing, ever: the harvest gives up in time, and goes on later', async () => {
    test.repository.spoil = onPage(2, () => {
      // The deadline passes when the request has arrived and is waited for.
      setImmediate(() => test.clock.advance(60_000));
      return { silent: true };
    });
    expect((await run()).error).to.include({ code: 'OAI_TIMEOUT' });
    expect(await held()).to.deep.equal(['1', '2', '3']);
    await goesOnAt(2);
  });

  it('with the connection closed: it says what to do', async () => {
    const { url } = test.repository;
    await test.repository.close();
    const { error } = await run();
    expect(error).to.include({ code: 'OAI_UNREACHABLE' });
    expect(error?.message).to.contain(url);
    expect(error?.remedy).to.contain('running');
  });

  it('with 503 and Retry-After: it waits as long as it is asked to', async () => {
    let refusals = 2;
    test.repository.spoil = onPage(2, (answer) =>
      (refusals -= 1) >= 0 ? { status: 503, headers: { 'retry-after': '7' } } : { body: answer },
    );
    expect(await run()).to.include({ outcome: 'complete', records: 9 });
    expect(test.clock.pauses.filter((pause) => pause === 7_000)).to.have.length(2);
  });

  it('with a resumption token that comes again: it does not go round in circles', async () => {
    for (let n = 1; n <= 9; n += 1) test.repository.put(n, `Title ${n}`, `2025-12-0${n}T00:00:00Z`);
    test.repository.spoil = (answer, asked) =>
      asked.verb === 'ListRecords' && asked.page === 2
        ? {
            body: answer.replace(
              /(<resumptionToken[^>]*>)[^<]*/,
              `$1${asked.parameters.get('resumptionToken')}`,
            ),
          }
        : undefined;
    expect(await run()).to.include({ outcome: 'complete' });
    expect(test.repository.asked.length).to.be.lessThan(16);
    expect(await held()).to.deep.equal(allNine);
    expect((await issues())[0]).to.include({ code: 'OAI_TOKEN_LOOP', severity: 'warning' });
    test.repository.spoil = () => undefined;
    await run(true);
    expect(await codes()).to.deep.equal([]);
  });

  describe('with a record that cannot be read', () => {
    const spoilFive = (piece: string): Spoil =>
      onPage(2, (answer) => ({ body: answer.replace('Title 5', `Title ${piece}`) }));

    for (const [name, piece] of [
      ['a control character', 'with \u0007 a bell'],
      ['a tag that is not closed', '<b>bold'],
      ['an ampersand that is not escaped', 'R & D'],
    ] as const) {
      it(`because of ${name}: the others are kept, and this one is listed with its place`, async () => {
        test.repository.spoil = spoilFive(piece);
        expect(await run()).to.include({ outcome: 'complete' });
        expect(await held()).to.deep.equal(['1', '2', '3', '4', '6', '7', '8', '9']);
        const issue = (await issues()).find(({ code }) => code === 'OAI_RECORD_UNREADABLE');
        expect(issue).to.deep.include({
          severity: 'error',
          source: 'test',
          oaiIdentifier: 'oai:repository.example:5',
          firstSeen: test.clock.now(),
          count: 1,
        });
        expect(issue?.place).to.include({ page: 2, record: 2 });
        expect(issue?.place?.offset).to.be.greaterThan(0);
        expect(issue?.remedy).to.match(/\w/);
      });
    }

    it('the issue stays one as long as it is so, and closes when the record reads well', async () => {
      test.repository.spoil = spoilFive('\u0007');
      await run();
      const firstSeen = test.clock.now();
      test.clock.advance(HOUR);
      await run(true);
      const issue = (await issues()).find(({ code }) => code === 'OAI_RECORD_UNREADABLE');
      expect(issue).to.deep.include({ firstSeen, lastSeen: firstSeen + HOUR, count: 2 });
      expect(await test.harvester.issueCounts()).to.include({ error: 1, warning: 1 });

      test.repository.spoil = () => undefined;
      test.clock.advance(HOUR);
      test.repository.put(5);
      await run();
      expect(await codes()).to.deep.equal(['OAI_PAGE_DAMAGED']);
      await run(true);
      expect(await codes()).to.deep.equal([]);
    });

    it('keeps what is there of it from before', async () => {
      await run();
      test.repository.spoil = spoilFive('\u0007');
      expect(await run(true)).to.include({ deleted: 0 });
      expect(await test.content()).to.include({ 5: 'Title 5' });
    });
  });

  it('with a record without an identifier: nothing is taken for vanished', async () => {
    await run();
    test.repository.spoil = onPage(2, (answer) => ({
      body: answer.replace('<identifier>oai:repository.example:5</identifier>', ''),
    }));
    test.repository.drop(9);
    expect(await run(true)).to.include({ outcome: 'complete', deleted: 0 });
    expect(await codes()).to.have.members(['OAI_RECORD_INCOMPLETE', 'HARVEST_INCOMPLETE_LIST']);
    test.repository.spoil = () => undefined;
    expect(await run(true)).to.include({ deleted: 1 });
    expect(await codes()).to.deep.equal([]);
  });

  it('with fewer records than it announces: nothing is taken for vanished', async () => {
    await run();
    test.repository.drop(9);
    test.repository.pageSize = 20;
    test.repository.spoil = (answer, { verb }) =>
      verb === 'ListRecords'
        ? {
            body: answer.replace(
              '</ListRecords>',
              '<resumptionToken completeListSize="20" cursor="0"></resumptionToken></ListRecords>',
            ),
          }
        : undefined;
    expect(await run(true)).to.include({ outcome: 'complete', deleted: 0 });
    expect(await codes()).to.have.members(['OAI_LIST_SHORT', 'HARVEST_INCOMPLETE_LIST']);
  });

  it('with an entity bomb: it does not go off', async () => {
    const bomb =
      '<!DOCTYPE bomb [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">' +
      '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY file SYSTEM "file:///etc/passwd">]>';
    test.repository.spoil = onPage(2, (answer) => ({
      body: answer
        .replace(/(<\?xml[^>]*\?>)/, `$1${bomb}`)
        .replace('Title 5', '&d;')
        .replace('Title 6', '&file;'),
    }));
    expect(await run()).to.include({ outcome: 'complete' });
    expect(await held()).to.deep.equal(['1', '2', '3', '4', '7', '8', '9']);
    expect(await codes()).to.have.members([
      'OAI_RECORD_UNREADABLE',
      'OAI_RECORD_UNREADABLE',
      'OAI_PAGE_DAMAGED',
    ]);
  });

  it('with bytes of another encoding than it says: they are read as what they are', async () => {
    test.repository.put(5, 'Über die Bücher');
    test.repository.spoil = onPage(2, (answer) => ({ body: Buffer.from(answer, 'latin1') }));
    expect(await run()).to.include({ outcome: 'complete' });
    expect(await test.content()).to.include({ 5: 'Über die Bücher' });
    expect((await issues())[0]).to.deep.include({ code: 'OAI_WRONG_ENCODING', severity: 'warning' });
    expect((await issues())[0]?.place).to.deep.equal({ page: 2 });
  });

  describe('with a resumption token that has expired', () => {
    const failOnce = async (): Promise<void> => {
      test.repository.spoil = onPage(3, () => ({ status: 500 }));
      expect(await run()).to.include({ outcome: 'failed' });
      test.repository.spoil = () => undefined;
      test.repository.expireTokens();
      test.repository.asked.length = 0;
    };

    it('the list goes on by date, where it was as far as that can be known, and nothing is missing', async () => {
      const from = `${new Date(test.clock.now()).toISOString().slice(0, 19)}Z`;
      await failOnce();
      expect(await run()).to.include({ outcome: 'complete' });
      expect(test.repository.froms).to.deep.equal([from]);
      expect(await held()).to.deep.equal(allNine);
      expect((await issues())[0]).to.deep.include({ code: 'OAI_TOKENS_EXPIRE', severity: 'warning' });
      // What is new is a short list, and says nothing about a long one.
      await run();
      expect(await codes()).to.deep.equal(['OAI_TOKENS_EXPIRE']);
      await run(true);
      expect(await codes()).to.deep.equal([]);
    });

    it('a list of what is new goes on within its own dates', async () => {
      await run();
      test.clock.advance(HOUR);
      const from = `${new Date(test.clock.now()).toISOString().slice(0, 19)}Z`;
      for (let n = 1; n <= 9; n += 1) test.repository.put(n, `Changed ${n}`);
      await failOnce();
      expect(await run()).to.include({ outcome: 'complete', kind: 'incremental' });
      expect(test.repository.froms).to.deep.equal([from]);
      expect(await test.content()).to.include({ 1: 'Changed 1', 9: 'Changed 9' });
    });
  });

  it('at one place each time, with whatever: after some attempts the list is gone on with by date', async () => {
    let broken = 0;
    test.repository.spoil = (_answer, asked) =>
      asked.verb === 'ListRecords' && asked.parameters.has('resumptionToken') && broken < 4
        ? { status: 400, body: 'no such session' }
        : undefined;
    for (; broken < 4; broken += 1) expect(await run()).to.include({ outcome: 'failed' });
    expect(await run()).to.include({ outcome: 'complete' });
    expect(test.repository.froms).to.deep.equal([null, '2026-01-01T00:00:00Z']);
    expect(await codes()).to.deep.equal(['HARVEST_STALLED']);
  });

  it('with a format that nobody knows: the run fails and says which to choose', async () => {
    await test.reopen([aSource(test.repository.url, { metadataPrefix: 'mystery' })]);
    test.repository.spoil = onPage(1, (answer) => ({
      body: answer.replaceAll('http://www.openarchives.org/OAI/2.0/oai_dc/', 'urn:mystery'),
    }));
    const { error } = await run();
    expect(error).to.include({ code: 'HARVEST_UNKNOWN_FORMAT' });
    expect(error?.remedy).to.contain('oai_dc');
  });
});
