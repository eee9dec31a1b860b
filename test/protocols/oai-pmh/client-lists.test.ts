import { expect } from 'chai';
import { type AnswerNotice, OaiProtocolError, writeOaiResponse } from '../../../protocols/oai-pmh/index.ts';
import { until } from '../../support/until.ts';
import { aFault, aPage, aRecord, baseUrl, responseDate } from './pages.ts';
import { failure, harvest, ScriptedSource, xml } from './scripted-source.ts';

describe('the OAI-PMH client', () => {
  let source: ScriptedSource;

  beforeEach(async () => {
    source = await ScriptedSource.start();
  });

  afterEach(() => source.close());

  describe('asks', () => {
    it('Identify', async () => {
      const identify = {
        repositoryName: 'R',
        baseUrl,
        protocolVersion: '2.0',
        adminEmails: ['a@x.example'],
        earliestDatestamp: '2000-01-01',
        deletedRecord: 'transient',
        granularity: 'YYYY-MM-DD',
        compressions: [],
      } as const;
      source.answers = [
        xml(
          writeOaiResponse({
            responseDate,
            baseUrl,
            answer: {
              verb: 'Identify',
              identify: { ...identify, adminEmails: ['a@x.example'], compressions: [] },
            },
          }),
        ),
      ];
      expect(await source.client().identify()).to.deep.equal(identify);
      expect(source.queries).to.deep.equal(['verb=Identify']);
    });

    it('ListMetadataFormats', async () => {
      const formats = [{ prefix: 'oai_dc', schema: 's', namespace: 'n' }];
      source.answers = [
        xml(writeOaiResponse({ responseDate, baseUrl, answer: { verb: 'ListMetadataFormats', formats } })),
      ];
      expect(await source.client().listMetadataFormats('oai:x:1')).to.deep.equal(formats);
      expect(source.queries).to.deep.equal(['verb=ListMetadataFormats&identifier=oai%3Ax%3A1']);
    });

    it('GetRecord, and gives the error where there is none', async () => {
      source.answers = [
        xml(writeOaiResponse({ responseDate, baseUrl, answer: { verb: 'GetRecord', record: aRecord(1) } })),
        xml(aFault('idDoesNotExist')),
      ];
      expect((await source.client().getRecord('oai:repository.example:1', 'oai_dc')).header).to.deep.equal(
        aRecord(1).header,
      );
      const error = await failure(source.client().getRecord('x', 'oai_dc'));
      expect(error).to.be.instanceOf(OaiProtocolError).that.includes({ code: 'OAI_ID_DOES_NOT_EXIST' });
      expect((error as OaiProtocolError).has('idDoesNotExist')).to.equal(true);
    });

    it('ListIdentifiers, which is records without what they say', async () => {
      const headers = [aRecord(1).header, { ...aRecord(2).header, deleted: true }];
      const answer = {
        verb: 'ListIdentifiers',
        headers,
        token: { value: 'a', completeListSize: 3 },
      } as const;
      source.answers = [
        xml(writeOaiResponse({ responseDate, baseUrl, answer })),
        xml(
          writeOaiResponse({
            responseDate,
            baseUrl,
            answer: { verb: 'ListIdentifiers', headers: [aRecord(3).header] },
          }),
        ),
      ];
      const pages = [];
      for await (const page of source
        .client()
        .listIdentifiers({ metadataPrefix: 'oai_dc', from: '2020-01-01' }))
        pages.push(page);
      expect(pages.flatMap(({ records }) => records)).to.deep.equal(
        [...headers, aRecord(3).header].map((header) => ({ header })),
      );
      expect(pages[0]).to.include({ token: 'a', completeListSize: 3 });
      expect(source.queries).to.deep.equal([
        'verb=ListIdentifiers&metadataPrefix=oai_dc&from=2020-01-01',
        'verb=ListIdentifiers&resumptionToken=a',
      ]);
    });

    it('ListSets, page by page, and is not led in circles', async () => {
      const sets = (spec: string, value: string) =>
        xml(
          writeOaiResponse({
            responseDate,
            baseUrl,
            answer: { verb: 'ListSets', sets: [{ spec, name: spec.toUpperCase() }], token: { value } },
          }),
        );
      const specs = async (): Promise<string[]> => {
        const found: string[] = [];
        for await (const page of source.client().listSets()) found.push(...page.map(({ spec }) => spec));
        return found;
      };
      source.answers = [sets('a', 't1'), sets('b:c', '')];
      expect(await specs()).to.deep.equal(['a', 'b:c']);
      expect(source.queries).to.deep.equal(['verb=ListSets', 'verb=ListSets&resumptionToken=t1']);
      source.answers = [sets('a', 't1'), sets('b', 't2'), sets('c', 't1')];
      expect(await failure(specs())).to.include({ code: 'OAI_TOKEN_LOOP' });
      source.answers = [xml(aFault('noSetHierarchy'))];
      expect(await failure(specs())).to.include({ code: 'OAI_NO_SET_HIERARCHY' });
    });

    it('and tells who answered, and how long it took', async () => {
      const answers: AnswerNotice[] = [];
      source.answers = [
        (response) => {
          source.clock.advance(1_500);
          response.writeHead(302, { location: '/moved' }).end();
        },
        xml(aPage([1])),
      ];
      await harvest(source.client({ onAnswer: (answer) => answers.push(answer) }));
      expect(answers).to.deep.equal([
        { verb: 'ListRecords', answeredBy: new URL('/moved', source.url).href, took: 1_500 },
      ]);
    });

    it('with the query that the base URL has', async () => {
      const baseUrl = `${source.url}?site=a%26b`;
      source.answers = [xml(aPage([1]))];
      await harvest(source.client({ baseUrl }), {
        metadataPrefix: 'oai_dc',
        from: '2020-01-01',
        until: '2020-12-31',
        set: 'a:b',
      });
      expect(source.queries).to.deep.equal([
        'site=a%26b&verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01&until=2020-12-31&set=a%3Ab',
      ]);
    });

    it('a source that source.answers to something else', async () => {
      source.answers = [xml(aPage([1]))];
      expect(await failure(source.client().identify())).to.include({ code: 'OAI_NOT_OAI' });
    });
  });

  describe('walks a list', () => {
    it('by its tokens, to the empty one', async () => {
      source.answers = [
        xml(
          aPage([1, 2], {
            value: 'a b&c',
            completeListSize: 5,
            cursor: 0,
            expirationDate: '2026-01-02T00:00:00Z',
          }),
        ),
        xml(aPage([3, 4], { value: 't2', completeListSize: 5, cursor: 2 })),
        xml(aPage([5], { value: '', completeListSize: 5, cursor: 4 })),
      ];
      const { pages, read, error } = await harvest(source.client());
      expect(error).to.equal(undefined);
      expect(read).to.deep.equal([1, 2, 3, 4, 5]);
      expect(source.queries).to.deep.equal([
        'verb=ListRecords&metadataPrefix=oai_dc',
        'verb=ListRecords&resumptionToken=a+b%26c',
        'verb=ListRecords&resumptionToken=t2',
      ]);
      expect(pages.map(({ requestedWith, token, cursor }) => [requestedWith, token, cursor])).to.deep.equal([
        [undefined, 'a b&c', 0],
        ['a b&c', 't2', 2],
        ['t2', undefined, 4],
      ]);
      expect(pages[0]).to.include({
        responseDate,
        completeListSize: 5,
        expirationDate: '2026-01-02T00:00:00Z',
      });
      expect(pages.flatMap(({ issues }) => issues)).to.deep.equal([]);
    });

    it('that has no tokens at all', async () => {
      source.answers = [xml(aPage([1]))];
      expect(await harvest(source.client())).to.deep.include({ read: [1], error: undefined });
    });

    it('from a token on', async () => {
      source.answers = [xml(aPage([3], { value: '', completeListSize: 3, cursor: 2 }))];
      const { pages, error } = await harvest(source.client(), { resumptionToken: 't' });
      expect(error).to.equal(undefined);
      expect(source.queries).to.deep.equal(['verb=ListRecords&resumptionToken=t']);
      expect(pages[0]!.issues).to.deep.equal([]);
    });

    it('that is empty, as one page without records', async () => {
      source.answers = [xml(aFault('noRecordsMatch'))];
      const { pages, error } = await harvest(source.client());
      expect(error).to.equal(undefined);
      expect(pages).to.deep.equal([{ records: [], issues: [], responseDate }]);
    });

    it('one page ahead of the caller, and no more', async () => {
      source.answers = [
        xml(aPage([1], { value: 'a' })),
        xml(aPage([2], { value: 'b' })),
        xml(aPage([3], { value: 'c' })),
        xml(aPage([4])),
      ];
      let seen = 0;
      for await (const page of source.client().listRecords({ metadataPrefix: 'oai_dc' })) {
        seen += 1;
        expect(page.records).to.have.length(1);
        await until('the next page to be asked for', () => source.requests.length > seen || seen === 4);
        expect(source.requests.length).to.equal(Math.min(seen + 1, 4));
      }
    });

    it('and leaves off when the caller does', async () => {
      let closed: (() => void) | undefined;
      const aborted = new Promise<void>((resolve) => (closed = resolve));
      source.answers = [
        xml(aPage([1], { value: 'a' })),
        (_response, request) => request.on('close', () => closed?.()),
      ];
      for await (const page of source.client().listRecords({ metadataPrefix: 'oai_dc' })) {
        expect(page.token).to.equal('a');
        await until('the next page to be asked for', () => source.requests.length === 2);
        break;
      }
      await aborted;
    });

    it('only when the caller comes back, where it is not to be ahead', async () => {
      source.answers = [xml(aPage([1], { value: 'a' })), xml(aPage([2]))];
      const list = source.client({ ahead: false }).listRecords({ metadataPrefix: 'oai_dc' });
      await list.next();
      await new Promise((resolve) => setImmediate(resolve));
      expect(source.requests).to.have.length(1);
      expect((await list.next()).value?.records).to.have.length(1);
      expect(source.requests).to.have.length(2);
    });

    it('and says where more records came than were announced, and that it is not in UTF-8', async () => {
      const page = aPage([1, 2], { value: '', completeListSize: 1, cursor: 0 });
      source.answers = [
        (response) =>
          response
            .writeHead(200, { 'content-type': 'text/xml; charset=iso-8859-1' })
            .end(Buffer.from(page.replace('Title 1', 'Títle 1'), 'latin1')),
      ];
      const { pages } = await harvest(source.client());
      expect(pages[0]!.issues.map(({ code, severity }) => `${severity} ${code}`)).to.deep.equal([
        'info OAI_LIST_LONG',
      ]);
      expect(pages[0]).to.include({ encoding: 'windows-1252' });
    });

    it('and warns where fewer records came than were announced', async () => {
      source.answers = [
        xml(aPage([1], { value: 'a', completeListSize: 10, cursor: 0 })),
        xml(aPage([2], { value: '' })),
      ];
      const { pages } = await harvest(source.client());
      expect(pages[1]!.issues.map(({ code, severity }) => `${severity} ${code}`)).to.deep.equal([
        'warning OAI_LIST_SHORT',
      ]);
      expect(pages[1]!.issues[0]!.message).to.match(/2 records, but 10/);
    });
  });
});
