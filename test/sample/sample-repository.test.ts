import { expect } from 'chai';
import { type OaiAnswer, OaiPmhClient, readOaiResponse } from '../../protocols/oai-pmh/index.ts';
import {
  type RunningSampleRepository,
  sampleDirectory,
  sampleNames,
  startSampleRepository,
} from '../../node/sample/index.ts';
import { TestClock } from '../support/test-clock.ts';

const START = Date.UTC(2026, 10, 21);

describe('the sample repositories', () => {
  it('are three', async () => {
    expect(await sampleNames()).to.have.length(3);
  });

  it('are asked for by a name that there is', async () => {
    let message = '';
    try {
      await sampleDirectory('nowhere');
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).to.contain('nowhere');
  });
});

describe('a sample repository', () => {
  const clock = new TestClock(START);
  let running: RunningSampleRepository;
  beforeEach(async () => {
    const [name = ''] = await sampleNames();
    running = await startSampleRepository({ directory: await sampleDirectory(name), clock });
  });
  afterEach(async () => {
    await running.close();
  });

  async function ask(query: string): Promise<OaiAnswer> {
    const response = await fetch(`${running.url}?${query}`);
    expect(response.headers.get('content-type')).to.equal('text/xml; charset=utf-8');
    return readOaiResponse(new Uint8Array(await response.arrayBuffer())).answer;
  }

  async function list(options: { from?: string; until?: string; set?: string } = {}): Promise<string[][]> {
    const client = new OaiPmhClient({ baseUrl: running.url, fetch });
    const pages: string[][] = [];
    for await (const page of client.listRecords({ metadataPrefix: 'oai_dc', ...options })) {
      expect(page.issues).to.deep.equal([]);
      pages.push(page.records.map(({ header }) => header.identifier));
    }
    return pages;
  }

  it('says what it is', async () => {
    const answer = await ask('verb=Identify');
    if (answer.verb !== 'Identify') throw new Error(answer.verb);
    expect(answer.identify).to.deep.include({
      repositoryName: running.name,
      baseUrl: running.url,
      protocolVersion: '2.0',
      granularity: running.repository.description.granularity,
    });
  });

  it('gives every record once, ten a page', async () => {
    const pages = await list();
    const all = pages.flat();
    expect(pages.slice(0, -1).every((page) => page.length === 10)).to.equal(true);
    expect(pages.length).to.be.greaterThan(3);
    expect(new Set(all).size).to.equal(all.length);
    expect(all).to.include.members(running.repository.identifiers);
  });

  it('gives a set, and what lies below it', async () => {
    const sets = await ask('verb=ListSets');
    if (sets.verb !== 'ListSets') throw new Error(sets.verb);
    const all = (await list()).flat();
    const some = (await list({ set: sets.sets[0]?.spec ?? '' })).flat();
    expect(some.length).to.be.within(1, all.length);
    expect(await ask('verb=ListRecords&metadataPrefix=oai_dc&set=nothing')).to.deep.include({
      verb: 'error',
    });
  });

  it('shows changes and deletions to whoever asks for what is new', async () => {
    const [changed = '', removed = ''] = running.repository.identifiers;
    running.repository.update(changed, (xml) =>
      xml.replace(/<dc:title[^>]*>[^<]*/, '<dc:title>Another title'),
    );
    running.repository.remove(removed);
    const answer = await ask('verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-21');
    if (answer.verb !== 'ListRecords') throw new Error(answer.verb);
    const found = new Map(answer.records.map((record) => [record.header.identifier, record]));
    expect([...found.keys()]).to.have.members([changed, removed]);
    expect(found.get(changed)?.metadata?.element.childText('title')).to.equal('Another title');
    expect(found.get(removed)?.header.deleted).to.equal(true);
    expect(found.get(removed)).not.to.have.property('metadata');
  });

  it('gives one record in each of its formats', async () => {
    const [identifier = ''] = running.repository.identifiers;
    const formats = await ask(`verb=ListMetadataFormats&identifier=${encodeURIComponent(identifier)}`);
    if (formats.verb !== 'ListMetadataFormats') throw new Error(formats.verb);
    for (const { prefix, namespace } of formats.formats) {
      const answer = await ask(
        `verb=GetRecord&metadataPrefix=${prefix}&identifier=${encodeURIComponent(identifier)}`,
      );
      if (answer.verb !== 'GetRecord') throw new Error(answer.verb);
      expect(answer.records[0]?.header.identifier).to.equal(identifier);
      expect(answer.records[0]?.metadata?.element.namespace).to.equal(namespace);
    }
  });

  it('takes a request by POST', async () => {
    const body = new URLSearchParams({ verb: 'ListIdentifiers', metadataPrefix: 'oai_dc' });
    const response = await fetch(running.url, { method: 'POST', body });
    const { answer } = readOaiResponse(await response.text());
    expect(answer.verb).to.equal('ListIdentifiers');
  });

  for (const [query, condition] of [
    ['', 'badVerb'],
    ['verb=Shout', 'badVerb'],
    ['verb=ListRecords', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=nothing', 'cannotDisseminateFormat'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2099-01-01', 'noRecordsMatch'],
    ['verb=ListRecords&resumptionToken=nonsense', 'badResumptionToken'],
    ['verb=ListSets&resumptionToken=nonsense', 'badResumptionToken'],
    ['verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:x:1', 'idDoesNotExist'],
    ['verb=ListMetadataFormats&identifier=oai:x:1', 'idDoesNotExist'],
  ]) {
    it(`answers ${query === '' ? 'no verb' : query} with ${condition}`, async () => {
      const answer = await ask(query ?? '');
      if (answer.verb !== 'error') throw new Error(answer.verb);
      expect(answer.faults.map((fault) => fault.condition)).to.deep.equal([condition]);
    });
  }

  it('is found at its own path only, by the methods of the protocol', async () => {
    expect((await fetch(new URL('/', running.url))).status).to.equal(404);
    expect((await fetch(running.url, { method: 'DELETE' })).status).to.equal(405);
  });

  it('says so when its port is taken', async () => {
    const [name = ''] = await sampleNames();
    let code: unknown;
    try {
      await startSampleRepository({
        directory: await sampleDirectory(name),
        port: Number(new URL(running.url).port),
      });
    } catch (error) {
      code = (error as { code?: unknown }).code;
    }
    expect(code).to.equal('SAMPLE_PORT');
  });
});
