import { expect } from 'chai';
import {
  deliver,
  discoverInbox,
  inboxInBody,
  LdnError,
  verifyInbox,
  type Fetch,
} from '../../../protocols/ldn/index.ts';

const TARGET = 'https://repository.example/item/421';
const INBOX = 'https://repository.example/inbox';
const RELATION = 'http://www.w3.org/ns/ldp#inbox';

/** Answers by method; what it is asked for is noted. */
class ScriptedWeb {
  readonly asked: string[] = [];
  readonly fetch: Fetch;

  constructor(answers: Readonly<Record<string, () => Response>>) {
    this.fetch = (address, init = {}) => {
      const method = init.method ?? 'GET';
      this.asked.push(`${method} ${address}`);
      return Promise.resolve(answers[method]?.() ?? new Response(undefined, { status: 405 }));
    };
  }
}

const within = 1_000;
const withLink = (link: string) => () => new Response(undefined, { headers: { link } });
const withBody =
  (type: string, body: string, init: ResponseInit = {}) =>
  () =>
    new Response(body, { headers: { 'content-type': type }, ...init });
const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  const error: unknown = await promise.catch((error: unknown) => error);
  if (error instanceof LdnError) return error.code;
  throw new Error('nothing was refused');
};

describe('the inbox of a resource', () => {
  it('is found in the Link header, by HEAD alone', async () => {
    const web = new ScriptedWeb({ HEAD: withLink(`</inbox>; rel="${RELATION}", </>; rel=collection`) });
    expect(await discoverInbox(TARGET, { fetch: web.fetch, within })).to.equal(INBOX);
    expect(web.asked).to.deep.equal([`HEAD ${TARGET}`]);
  });

  it('is found in the Link header of GET where HEAD does not work', async () => {
    const web = new ScriptedWeb({ GET: withLink(`<${INBOX}>; rel="${RELATION}"`) });
    expect(await discoverInbox(TARGET, { fetch: web.fetch, within })).to.equal(INBOX);
    expect(web.asked).to.deep.equal([`HEAD ${TARGET}`, `GET ${TARGET}`]);
  });

  const bodies: readonly (readonly [string, string, string])[] = [
    [
      'JSON-LD',
      'application/ld+json',
      `{"@context":"http://www.w3.org/ns/ldp#","@id":"${TARGET}","inbox":"/inbox"}`,
    ],
    [
      'JSON-LD of another context',
      'application/ld+json; charset=utf-8',
      `{"@context":"https://elsewhere.example/context","id":"${TARGET}","inbox":"${INBOX}"}`,
    ],
    [
      'an actor of Activity Streams',
      'application/activity+json',
      `{"@context":"https://www.w3.org/ns/activitystreams","id":"${TARGET}","type":"Service","inbox":"${INBOX}"}`,
    ],
    ['Turtle', 'text/turtle', `<${TARGET}> <${RELATION}> <${INBOX}> .`],
    [
      'a link of HTML',
      'text/html; charset=utf-8',
      `<html><head><link href="/inbox" rel="${RELATION}"></head>`,
    ],
    ['an anchor of HTML', 'text/html', `<p><a rel="nofollow ${RELATION}" href="../inbox">Inbox</a>`],
    [
      'HTML with a base',
      'application/xhtml+xml',
      `<base href="/x/"/><link rel="${RELATION}" href="../inbox"/>`,
    ],
  ];
  for (const [name, type, body] of bodies) {
    it(`is found in ${name}`, async () => {
      const web = new ScriptedWeb({ GET: withBody(type, body) });
      expect(await discoverInbox(TARGET, { fetch: web.fetch, within })).to.equal(INBOX);
    });
  }

  it('is the resource’s own where the document tells of several', async () => {
    const turtle = `<${TARGET}> <${RELATION}> <${INBOX}> . <urn:other> <${RELATION}> <urn:inbox> .`;
    expect(await inboxInBody(turtle, 'text/turtle', TARGET)).to.equal(INBOX);
    expect(await inboxInBody(turtle, 'text/turtle', 'https://else.example/')).to.equal(undefined);
  });

  for (const [name, answer] of [
    ['there is nothing', () => new Response(undefined, { status: 404 })],
    ['the page has no such link', withBody('text/html', '<a href="/inbox" rel="inbox">Inbox</a>')],
    ['the JSON is broken', withBody('application/ld+json', '{"inbox":')],
    ['it is no text', withBody('image/png', 'PNG')],
    ['the page never ends its elements', withBody('text/html', '<b>'.repeat(300_000))],
  ] as const) {
    it(`is told not to be there where ${name}`, async () => {
      const web = new ScriptedWeb({ GET: answer });
      expect(await codeOf(discoverInbox(TARGET, { fetch: web.fetch, within }))).to.equal('LDN_NO_INBOX');
    });
  }

  it('is not waited for without end', async () => {
    const hanging: Fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
      });
    const error: unknown = await discoverInbox(TARGET, { fetch: hanging, within: 1 }).catch(
      (e: unknown) => e,
    );
    expect(error).to.have.property('name', 'TimeoutError');
  });
});

describe('an inbox, before anything is sent to it unasked', () => {
  const verified = async (answers: Readonly<Record<string, () => Response>>): Promise<string> => {
    const web = new ScriptedWeb(answers);
    const result = await verifyInbox(INBOX, { fetch: web.fetch, within }).catch((error: unknown) => error);
    return result instanceof LdnError ? result.code : 'verified';
  };
  const accepting = (types: string) => () =>
    new Response(undefined, { status: 204, headers: { 'accept-post': types } });

  it('may say by OPTIONS that it takes JSON-LD', async () => {
    expect(await verified({ OPTIONS: accepting('text/turtle, application/ld+json; profile="x"') })).to.equal(
      'verified',
    );
  });

  it('may say so by GET', async () => {
    expect(await verified({ GET: accepting('*/*') })).to.equal('verified');
  });

  it('may show itself as a container', async () => {
    for (const body of [
      `{"@context":"http://www.w3.org/ns/ldp#","@id":"${INBOX}","contains":[]}`,
      `{"@context":"http://www.w3.org/ns/ldp#","@id":"${INBOX}","@type":"Container"}`,
    ]) {
      expect(await verified({ GET: withBody('application/ld+json', body) })).to.equal('verified');
    }
  });

  for (const [name, answers] of [
    ['any page', { GET: withBody('text/html', '<p>Welcome') }],
    ['any JSON', { GET: withBody('application/json', '{"hello":"world"}') }],
    ['what takes something else', { OPTIONS: accepting('text/turtle'), GET: accepting('text/turtle') }],
    ['nothing', {}],
  ] as const) {
    it(`is not ${name}`, async () => expect(await verified(answers)).to.equal('LDN_NO_INBOX'));
  }
});

describe('a delivery', () => {
  const notification = Buffer.from('{}');

  it('tells where the notification lies, absolute', async () => {
    const web = new ScriptedWeb({
      POST: () => new Response(undefined, { status: 201, headers: { location: '/inbox/1' } }),
    });
    const answer = await deliver(INBOX, notification, { fetch: web.fetch, within });
    expect(answer).to.deep.equal({ status: 201, location: `${INBOX}/1` });
  });

  it('tells what the inbox says of a refusal', async () => {
    const problem = JSON.stringify({ title: 'Not valid', detail: 'origin is missing' });
    const web = new ScriptedWeb({
      POST: withBody('application/problem+json', problem, { status: 422, headers: { 'retry-after': '60' } }),
    });
    const answer = await deliver(INBOX, notification, { fetch: web.fetch, within });
    expect(answer).to.deep.equal({ status: 422, said: 'Not valid: origin is missing', retryAfter: '60' });
  });

  it('reads no more of a refusal than people do', async () => {
    let pieces = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pieces += 1;
        controller.enqueue(Buffer.from(`no\u0007no\n${' '.repeat(10_000)}`));
      },
    });
    const web = new ScriptedWeb({ POST: () => new Response(endless, { status: 500 }) });
    const { said = '' } = await deliver(INBOX, notification, { fetch: web.fetch, within });
    expect(said).to.match(/^no no no no/);
    expect(said.length).to.be.lessThan(1_001);
    expect(pieces).to.be.lessThan(20);
  });
});
