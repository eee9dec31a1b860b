import { expect } from 'chai';
import { OaiError, OaiPmhClient, OaiProtocolError } from '../../../protocols/oai-pmh/index.ts';
import { NgrError } from '../../../vocab/errors.ts';
import { until } from '../../support/until.ts';
import { aFault, aPage } from './pages.ts';
import {
  brokenOff,
  failure,
  hangUp,
  harvest,
  ScriptedSource,
  silence,
  status,
  xml,
} from './scripted-source.ts';

describe('the OAI-PMH client', () => {
  let source: ScriptedSource;

  beforeEach(async () => {
    source = await ScriptedSource.start();
  });

  afterEach(() => source.close());

  describe('tries again', () => {
    it('after 500, a broken connection, an empty body, a page cut off', async () => {
      const page = aPage([1]);
      source.answers = [status(500), hangUp, xml(''), brokenOff(page.slice(0, -40)), xml(page)];
      expect(await harvest(source.client())).to.deep.include({ read: [1], error: undefined });
      expect(source.notices.map(({ reason }) => reason.code)).to.deep.equal([
        'OAI_HTTP_STATUS',
        'OAI_UNREACHABLE',
        'OAI_EMPTY',
        'OAI_UNREACHABLE',
      ]);
      expect(source.clock.pauses).to.deep.equal([1000, 2000, 4000, 8000]);
    });

    it('with jitter, up to half less', async () => {
      source.answers = [status(502), xml(aPage([1]))];
      await harvest(source.client({ random: () => 0.5 }));
      expect(source.clock.pauses).to.deep.equal([750]);
    });

    it('after 503 and 429 when their Retry-After has passed, in seconds or as a date', async () => {
      const date = new Date(source.clock.now() + 30_000).toUTCString();
      source.answers = [
        status(503, { 'retry-after': '20' }),
        status(429, { 'retry-after': date }),
        status(503, { 'retry-after': 'soon' }),
        xml(aPage([1])),
      ];
      expect(await harvest(source.client())).to.deep.include({ read: [1], error: undefined });
      expect(source.clock.pauses).to.deep.equal([20_000, 30_000, 4000]);
    });

    it('not when the source asks for a longer pause than one run waits', async () => {
      source.answers = [xml(aPage([1], { value: 'a' })), status(503, { 'retry-after': '86400' })];
      const { read, error } = await harvest(source.client());
      expect(read).to.deep.equal([1]);
      expect(error).to.be.instanceOf(OaiError).that.includes({ code: 'OAI_RETRY_LATER' });
      expect((error as OaiError).details).to.deep.equal({ retryAfter: 86_400_000 });
    });

    it('not for ever', async () => {
      source.answers = [status(500)];
      expect((await harvest(source.client({ retries: { attempts: 3 } }))).error).to.include({
        code: 'OAI_HTTP_STATUS',
      });
      expect(source.requests).to.have.length(3);
    });

    it('not where it would not help', async () => {
      for (const [answer, code] of [
        [status(404), 'OAI_HTTP_STATUS'],
        [status(401), 'OAI_HTTP_STATUS'],
        [xml('<html><title>Log in</title></html>'), 'OAI_NOT_XML'],
        [xml('<rss/>'), 'OAI_NOT_OAI'],
        [xml(aFault('badArgument')), 'OAI_BAD_ARGUMENT'],
        [xml(aFault('cannotDisseminateFormat')), 'OAI_CANNOT_DISSEMINATE_FORMAT'],
        [xml(aFault('badResumptionToken'), 400), 'OAI_BAD_RESUMPTION_TOKEN'],
        [xml(aFault('strange')), 'OAI_FAULT'],
      ] as const) {
        source.requests = [];
        source.answers = [answer];
        const { error } = await harvest(source.client());
        expect(error, code).to.include({ code });
        expect(error).to.have.property('remedy').that.is.a('string');
        expect(source.requests).to.have.length(1);
      }
    });
  });

  describe('keeps what it has', () => {
    it('when a token has expired', async () => {
      source.answers = [xml(aPage([1, 2], { value: 'a' })), xml(aFault('badResumptionToken'))];
      const { read, error } = await harvest(source.client());
      expect(read).to.deep.equal([1, 2]);
      expect(error).to.be.instanceOf(OaiProtocolError).that.includes({ code: 'OAI_BAD_RESUMPTION_TOKEN' });
    });

    it('when a page stays cut off, and tells the token to go on from', async () => {
      const page = aPage([2, 3], { value: 'b' });
      const cut = page.slice(0, page.indexOf('</record>') + '</record>'.length);
      source.answers = [xml(aPage([1], { value: 'a' })), xml(cut)];
      const { pages, read, error } = await harvest(source.client({ retries: { attempts: 2 } }));
      expect(read).to.deep.equal([1, 2]);
      expect(source.requests).to.have.length(3);
      expect(error).to.include({ code: 'OAI_TRUNCATED' });
      expect(pages[1]!.requestedWith).to.equal('a');
      expect(pages[1]).to.not.have.property('token');
      expect((error as OaiError).details).to.deep.equal({ requestedWith: 'a' });
    });

    it('when every connection breaks in the middle of the page', async () => {
      const page = aPage([1, 2], { value: 'a' });
      source.answers = [brokenOff(page.slice(0, page.indexOf('Title 2')))];
      const { read, error } = await harvest(source.client({ retries: { attempts: 2 } }));
      expect(read).to.deep.equal([1]);
      expect(error).to.include({ code: 'OAI_TRUNCATED' });
    });

    it('when a page is damaged, and goes on behind it', async () => {
      source.answers = [xml(aPage([1, 2], { value: 'a' }).replace('Title 2', 'R & D')), xml(aPage([3]))];
      const { pages, read, error } = await harvest(source.client());
      expect(error).to.equal(undefined);
      expect(read).to.deep.equal([1, 3]);
      expect(pages[0]!.issues.map(({ code }) => code)).to.deep.equal([
        'OAI_PAGE_DAMAGED',
        'OAI_RECORD_UNREADABLE',
      ]);
    });

    it('when the source fails for good in the middle', async () => {
      source.answers = [xml(aPage([1], { value: 'a' })), status(500)];
      const { read, error } = await harvest(source.client({ retries: { attempts: 2 } }));
      expect(read).to.deep.equal([1]);
      expect(error).to.include({ code: 'OAI_HTTP_STATUS' });
    });
  });

  describe('is not led in circles', () => {
    it('by a token that leads to itself', async () => {
      source.answers = [xml(aPage([1], { value: 'a' })), xml(aPage([2], { value: 'a' }))];
      const { read, error } = await harvest(source.client());
      expect(read).to.deep.equal([1, 2]);
      expect(error).to.include({ code: 'OAI_TOKEN_LOOP' });
      expect(source.requests).to.have.length(2);
    });

    it('by a cycle of tokens', async () => {
      source.answers = [
        xml(aPage([1], { value: 'a' })),
        xml(aPage([2], { value: 'b' })),
        xml(aPage([3], { value: 'a' })),
      ];
      const { read, error } = await harvest(source.client());
      expect(read).to.deep.equal([1, 2, 3]);
      expect(error).to.include({ code: 'OAI_TOKEN_LOOP' });
    });

    it('by the token that it began with', async () => {
      source.answers = [xml(aPage([1], { value: 'a' }))];
      expect((await harvest(source.client(), { resumptionToken: 'a' })).error).to.include({
        code: 'OAI_TOKEN_LOOP',
      });
    });

    it('by ever new tokens of empty pages', async () => {
      let n = 0;
      const endless = async (): Promise<Response> => {
        n += 1;
        return new Response(aPage([], { value: `t${n}` }));
      };
      const { pages, error } = await harvest(source.client({ fetch: endless }));
      expect(pages).to.have.length(1000);
      expect(error).to.include({ code: 'OAI_TOKEN_LOOP' });
    });
  });

  describe('is bounded', () => {
    it('in bytes, while they arrive', async () => {
      let ended = false;
      source.answers = [
        (response) => {
          response.writeHead(200, { 'content-type': 'text/xml' });
          const chunk = Buffer.alloc(64 * 1024, ' ');
          const pour = (): void => {
            while (!response.destroyed && response.write(chunk));
          };
          response.on('drain', pour).on('close', () => (ended = true));
          pour();
        },
      ];
      const { error } = await harvest(source.client({ maxBytes: 1_000_000 }));
      expect(error).to.include({ code: 'OAI_TOO_LARGE' });
      await until('the connection to end', () => ended);
      expect(source.requests).to.have.length(1);
    });

    it('in the time until an answer begins', async () => {
      source.answers = [silence];
      const harvested = harvest(source.client({ timeouts: { answer: 70_000 }, retries: { attempts: 2 } }));
      await until('a request', () => source.requests.length === 1);
      source.clock.advance(70_000);
      await until('a second request', () => source.requests.length === 2);
      source.clock.advance(70_000);
      const { error } = await harvested;
      expect(error).to.include({ code: 'OAI_TIMEOUT' });
      expect((error as OaiError).message).to.match(/70 s to begin answering/);
    });

    it('in the time until an answer has ended', async () => {
      const page = aPage([1, 2], { value: 'a' });
      source.answers = [
        (response) => {
          response
            .writeHead(200, { 'content-type': 'text/xml' })
            .write(page.slice(0, page.indexOf('Title 2')));
        },
      ];
      let arrived = 0;
      const counting: typeof fetch = async (...request) => {
        const response = await fetch(...request);
        arrived += 1;
        return response;
      };
      const harvested = harvest(
        source.client({
          fetch: counting,
          timeouts: { answer: 70_000, complete: 80_000 },
          retries: { attempts: 1 },
        }),
      );
      await until('the head of an answer', () => arrived === 1);
      source.clock.advance(80_000);
      const { read, error } = await harvested;
      expect(read.length).to.be.at.most(1);
      expect(error).to.have.property('code').that.is.oneOf(['OAI_TRUNCATED', 'OAI_TIMEOUT']);
    });

    it('by its signal, at any time', async () => {
      const reason = new Error('stopped');
      const abort = new AbortController();
      source.answers = [xml(aPage([1], { value: 'a' })), silence];
      const harvested = harvest(source.client({ signal: abort.signal }));
      await until('a second request', () => source.requests.length === 2);
      abort.abort(reason);
      const { read, error } = await harvested;
      expect(read).to.deep.equal([1]);
      expect(error).to.equal(reason);
      expect(await failure(source.client({ signal: abort.signal }).identify())).to.equal(reason);
    });
  });

  it('says why a source cannot be reached, in the words of whoever knows', async () => {
    const { host } = new URL(source.url);
    const client = source.client({ retries: { attempts: 1 } });
    await source.close();
    const error = await failure(client.identify());
    expect(error).to.include({ code: 'OAI_UNREACHABLE' });
    expect((error as OaiError).message).to.contain(host);

    const guard = new NgrError('OUTBOUND_PRIVATE_ADDRESS', 'x is in a private network.', {
      remedy: 'Name it.',
    });
    const guarded = new OaiPmhClient({
      baseUrl: 'http://10.0.0.1/oai',
      retries: { attempts: 1 },
      fetch: () => Promise.reject(guard),
    });
    expect(await failure(guarded.identify())).to.include({
      code: 'OAI_UNREACHABLE',
      remedy: 'Name it.',
      cause: guard,
    });
  });
});
