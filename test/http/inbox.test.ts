import { request } from 'node:http';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { inboxRouter } from '../../node/http/routers/inbox.ts';
import { loadAssets } from '../../node/http/assets.ts';
import { Views } from '../../node/http/pages/view.ts';
import { defaultInboxLimits, type InboxLimits } from '../../node/notifications/index.ts';
import { PATTERNS, patterns } from '../../protocols/coar-notify/index.ts';
import { expandJsonLd } from '../../vocab/json-ld/index.ts';
import { aNotification } from '../support/notifications.ts';
import { aPayload } from '../support/notify-payloads.ts';
import { specificationPayloads } from '../support/specification-payloads.ts';
import { aCatalogue, silentLog, type TestCatalogue } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';
import { someNotifications } from '../support/test-notifications.ts';
import { aRouter, type TestRouter } from './support/a-router.ts';

const base = 'https://node.example';
const TYPE = 'application/ld+json';
const CONTAINS = 'http://www.w3.org/ns/ldp#contains';

describe('/inbox', () => {
  const clock = new TestClock(Date.UTC(2026, 0, 1));
  let test: TestCatalogue;
  let http: TestRouter;

  beforeEach(async () => {
    test = await aCatalogue({ clock });
    http = await aRouter(routerWith({ waitingOfOrigin: 250 }));
  });
  afterEach(async () => {
    await http.close();
    await test.close();
  });

  const routerWith = (limits: Partial<InboxLimits>): ReturnType<typeof inboxRouter> => {
    const { catalogue, store } = test;
    const options = { catalogue, store, clock, limits: { ...defaultInboxLimits, ...limits } };
    const site = { base, name: 'Test', node: catalogue.node, networks: ['open'], version: '0.1.0' };
    const views = new Views({ site, assets: loadAssets() });
    return inboxRouter({ notifications: someNotifications(options), site, views, log: silentLog });
  };
  const post = (
    body: string,
    headers: Record<string, string> = { 'Content-Type': TYPE },
  ): Promise<Response> => http.request('/inbox', { method: 'POST', body, headers });
  const postJson = (document: unknown): Promise<Response> => post(JSON.stringify(document));
  const postOne = (parts: Record<string, unknown> = {}): Promise<Response> =>
    post(JSON.stringify(aNotification(parts)));
  const pathOf = (response: Response): string => (response.headers.get('location') ?? '').slice(base.length);
  const listed = async (path = '/inbox'): Promise<string[]> => {
    const [node] = await expandJsonLd(await (await http.request(path)).json(), { base: 'urn:none' });
    expect(node?.['@id']).to.equal(`${base}/inbox`);
    return ((node?.[CONTAINS] ?? []) as { '@id': string }[]).map((item) => item['@id']);
  };

  describe('POST', () => {
    it('answers 201 with the place of the notification, where it can be had as it came', async () => {
      const body = JSON.stringify(aNotification(), undefined, 2);
      const response = await post(body);
      expect(response.status).to.equal(201);
      expect(response.headers.get('location')).to.match(/^https:\/\/node\.example\/inbox\/[a-z2-7]{26}$/);
      const got = await http.request(pathOf(response));
      expect(got.status).to.equal(200);
      expect(got.headers.get('content-type')).to.equal(TYPE);
      expect(got.headers.get('last-modified')).to.equal('Thu, 01 Jan 2026 00:00:00 GMT');
      expect(await got.text()).to.equal(body);
      expect(await listed()).to.deep.equal([response.headers.get('location')]);
    });

    it('takes a profile', async () => {
      const response = await post(JSON.stringify(aNotification()), {
        'Content-Type': `${TYPE}; profile="https://www.w3.org/ns/activitystreams"`,
      });
      expect(response.status).to.equal(201);
    });

    it('answers the same when the same is posted again, and keeps it once', async () => {
      const [first, second] = [await postOne(), await postOne()];
      expect(second.status).to.equal(201);
      expect(second.headers.get('location')).to.equal(first.headers.get('location'));
      expect(await listed()).to.have.length(1);
    });

    const activity = aNotification();
    const refused: readonly (readonly [string, string, string | undefined, number, string])[] = [
      ['what is no JSON', '{"@id":', TYPE, 400, 'LDN_NOT_JSON'],
      ['JSON that is no JSON-LD', '{"hello":"world"}', TYPE, 422, 'LDN_NO_STATEMENT'],
      ['what breaks a rule of JSON-LD', '{"@id":1,"urn:p":1}', TYPE, 422, 'JSON_LD_INVALID'],
      ['plain JSON', JSON.stringify(activity), 'application/json', 415, 'LDN_WRONG_TYPE'],
      ['what is no Turtle', '<urn:a> <urn:b>', 'text/turtle', 400, 'LDN_NOT_TURTLE'],
      ['another format of RDF', '<urn:a> <urn:b> <urn:c> .', 'application/n-triples', 415, 'LDN_WRONG_TYPE'],
      [
        'what is too large',
        JSON.stringify({ ...activity, summary: 'x'.repeat(256 * 1024) }),
        TYPE,
        413,
        'BODY_TOO_LARGE',
      ],
      ['what is too deep', '['.repeat(100_000) + ']'.repeat(100_000), TYPE, 422, 'JSON_LD_TOO_DEEP'],
      [
        'too many values',
        JSON.stringify({ 'urn:p': Array(6_000).fill(1) }),
        TYPE,
        422,
        'JSON_LD_TOO_MANY_VALUES',
      ],
      ['an unknown context', '{"@context":"https://evil.example/c"}', TYPE, 422, 'JSON_LD_UNKNOWN_CONTEXT'],
    ];
    for (const [name, body, type, status, code] of refused) {
      it(`refuses ${name} with ${status}`, async () => {
        const response = await post(body, type === undefined ? {} : { 'Content-Type': type });
        expect(response.status).to.equal(status);
        expect(response.headers.get('content-type')).to.match(/^application\/problem\+json/);
        expect(await response.json()).to.include({ status, code });
        expect(response.headers.get('accept-post')).to.equal(`${TYPE}, text/turtle`);
        expect(await listed()).to.deep.equal([]);
      });
    }

    it('says which context is not known, and which are', async () => {
      const problem: unknown = await (await post('{"@context":"https://evil.example/c"}')).json();
      expect(problem).to.include({ context: 'https://evil.example/c' });
      expect(problem).to.have.property('known').that.includes('https://coar-notify.net');
    });

    it('refuses something else under the same id with 409', async () => {
      await postOne();
      const response = await postOne({ summary: 'Another.' });
      expect(response.status).to.equal(409);
      expect(await response.json()).to.include({ code: 'INBOX_CONFLICT' });
    });

    it('refuses a content coding with 415', async () => {
      const response = await post(JSON.stringify(aNotification()), {
        'Content-Type': TYPE,
        'Content-Encoding': 'gzip',
      });
      expect(response.status).to.equal(415);
      expect(response.headers.get('accept-encoding')).to.equal('identity');
    });

    it('refuses a body that goes on beyond the limit while it comes', async () => {
      const status = await new Promise<number | undefined>((done, fail) => {
        const req = request(
          `${http.url}/inbox`,
          { method: 'POST', headers: { 'Content-Type': TYPE } },
          (res) => {
            res.resume();
            done(res.statusCode);
          },
        );
        req.on('error', fail);
        req.write('[');
        for (let i = 0; i < 5; i++) req.write('1,'.repeat(32 * 1024));
      });
      expect(status).to.equal(413);
    });

    it('says that it is full with 507', async () => {
      const alone = await aRouter(routerWith({ all: 0 }));
      const response = await alone.request('/inbox', {
        method: 'POST',
        body: JSON.stringify(aNotification()),
        headers: { 'Content-Type': TYPE },
      });
      expect(response.status).to.equal(507);
      expect(await response.json()).to.include({ code: 'INBOX_FULL' });
      await alone.close();
    });
  });

  describe('GET', () => {
    it('lists an empty inbox', async () => {
      const response = await http.request('/inbox');
      expect(response.status).to.equal(200);
      expect(response.headers.get('content-type')).to.match(/^application\/ld\+json/);
      expect(response.headers.get('access-control-allow-origin')).to.equal('*');
      expect(await response.json())
        .to.include({ '@id': `${base}/inbox` })
        .and.have.property('ldp:contains');
    });

    it('leads through a long list by next', async () => {
      const posted: (string | null)[] = [];
      for (let n = 0; n < 201; n++) posted.push((await postOne({ id: `urn:${n}` })).headers.get('location'));
      const seen: string[] = [];
      let path: string | undefined = '/inbox';
      let pages = 0;
      while (path !== undefined) {
        seen.push(...(await listed(path)));
        const response: Response = await http.request(path);
        expect(response.headers.get('link')).to.include('rel="http://www.w3.org/ns/ldp#inbox"');
        path = /<https:\/\/node\.example([^>]*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
        pages += 1;
      }
      expect(seen).to.deep.equal(posted);
      expect(pages).to.equal(3);
    });

    it('answers 304 where nothing has come', async () => {
      const one = pathOf(await postOne());
      for (const path of ['/inbox', one]) {
        const etag = (await http.request(path)).headers.get('etag') ?? '';
        const response = await http.request(path, { headers: { 'If-None-Match': etag } });
        expect(response.status).to.equal(304);
      }
    });

    it('has no other serialisation', async () => {
      const response = await http.request('/inbox', { headers: { Accept: 'text/turtle' } });
      expect(response.status).to.equal(406);
    });

    for (const path of [
      '/inbox/nothing',
      '/inbox/..%2F..',
      '/inbox?after=nothing',
      `/inbox/${'a'.repeat(5_000)}`,
    ]) {
      it(`answers 404 for ${path.slice(0, 30)}`, async () => {
        const response = await http.request(path);
        expect(response.status).to.equal(404);
        expect(await response.json()).to.include({ code: 'NOTIFICATION_UNKNOWN' });
      });
    }

    for (const path of ['/inbox?after=', '/inbox?after=a&after=b', `/inbox?after=${'a'.repeat(200)}`]) {
      it(`answers 400 for ${path.slice(0, 30)}`, async () => {
        expect((await http.request(path)).status).to.equal(400);
      });
    }
  });

  describe('OPTIONS, HEAD and the rest', () => {
    for (const method of ['OPTIONS', 'HEAD']) {
      it(`${method} tells what is accepted, and that pages of other sites may read`, async () => {
        const response = await http.request('/inbox', { method, headers: { Origin: 'https://app.example' } });
        expect(response.ok).to.equal(true);
        expect(response.headers.get('allow')).to.equal('GET, HEAD, POST, OPTIONS');
        expect(response.headers.get('accept-post')).to.equal(`${TYPE}, text/turtle`);
        expect(response.headers.get('access-control-allow-origin')).to.equal('*');
        expect(response.headers.get('access-control-allow-methods') ?? '').to.not.include('POST');
      });
    }

    it('HEAD has the headers of GET and no body', async () => {
      const path = pathOf(await postOne());
      const [head, get] = [await http.request(path, { method: 'HEAD' }), await http.request(path)];
      expect(head.headers.get('content-length')).to.equal(get.headers.get('content-length'));
      expect(await head.text()).to.equal('');
    });

    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      it(`${method} is answered with 405`, async () => {
        const response = await http.request('/inbox', { method });
        expect(response.status).to.equal(405);
        expect(response.headers.get('allow')?.split(', ')).to.have.members([
          'GET',
          'HEAD',
          'POST',
          'OPTIONS',
        ]);
      });
    }
  });

  it('never fails, whatever is posted', async () => {
    const key = fc.constantFrom(
      '@context',
      '@id',
      '@type',
      '@graph',
      '@value',
      '@list',
      '@set',
      '@reverse',
      '@nest',
      '@included',
      '@index',
      '@language',
      '@container',
      'id',
      'type',
      'actor',
      'object',
      '__proto__',
      'constructor',
      'as:x',
      'urn:p',
      '',
    );
    const leaf = fc.oneof(
      fc.constantFrom(
        'https://www.w3.org/ns/activitystreams',
        'https://coar-notify.net',
        '@id',
        '@json',
        '_:b',
        'urn:x',
        '',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 5 }, leaf, fc.array(tie('value'), { maxLength: 4 }), tie('object')),
      object: fc
        .uniqueArray(fc.tuple(key, tie('value')), { maxLength: 5, selector: ([name]) => name })
        .map((entries) => Object.fromEntries(entries) as unknown),
    }));
    const body = fc.oneof(
      { weight: 8, arbitrary: value.map((value) => JSON.stringify(value)) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
      {
        weight: 1,
        arbitrary: fc.nat(1_000).map((length) => JSON.stringify(aNotification()).slice(0, length)),
      },
    );
    await fc.assert(
      fc.asyncProperty(
        body,
        fc.constantFrom(TYPE, TYPE, TYPE, `${TYPE};;=`, 'text/plain', 'a/b'),
        async (text, type) => {
          const response = await post(text, { 'Content-Type': type });
          expect(response.status).to.be.oneOf([201, 400, 409, 415, 422]);
          await response.arrayBuffer();
        },
      ),
      { seed: 2026, numRuns: 500 },
    );
    expect(http.faults).to.deep.equal([]);
    expect(await listed()).to.not.have.length(0);
  });

  for (const pattern of PATTERNS) {
    it(`takes a notification of ${patterns[pattern].title}, and knows it again by its id`, async () => {
      const post = (parts = {}): Promise<Response> => postJson(aPayload(pattern, parts));
      const first = await post();
      expect(first.status).to.equal(201);
      expect(await first.json()).to.include({ state: 'waiting', id: first.headers.get('location') });
      expect((await post()).headers.get('location')).to.equal(first.headers.get('location'));
      expect((await post({ summary: 'another' })).status).to.equal(409);
    });
  }

  for (const [name, payload] of specificationPayloads()) {
    it(`takes the specification’s example of ${name}`, async () => {
      const response = await postJson(payload);
      expect(response.status).to.equal(201);
      const got = await http.request(pathOf(response));
      expect(await got.json()).to.deep.equal(payload);
    });
  }

  it('names each demand that is not met, and where the rules are', async () => {
    const { origin: _, object: __, ...less } = aPayload('request-review');
    const response = await postJson(less);
    expect(response.status).to.equal(422);
    const problem = (await response.json()) as Record<string, unknown>;
    expect(problem).to.include({ code: 'NOTIFY_INVALID', pattern: 'request-review' });
    expect(problem['violations']).to.deep.equal([
      { property: 'origin', must: 'be there' },
      { property: 'object', must: 'be there' },
    ]);
    expect(problem['constraints']).to.equal(`${base}/inbox/constraints`);
  });

  it('takes notifications of other vocabularies, and of later versions, for a person to look at', async () => {
    const others = [
      { '@id': 'https://example.org/profile#alice', 'http://ontologi.es/like#likes': { '@id': 'urn:x' } },
      {
        '@context': 'http://www.w3.org/ns/activitystreams#',
        '@type': 'Announce',
        actor: { '@id': 'https://example.org/profile#alice' },
        object: { '@id': 'https://example.org/annotation-1' },
        target: { '@id': `${base}/records/abcdefghijklmnopqrst` },
      },
      aPayload('announce-review', { type: ['Announce', 'coar-notify:TranslationAction'] }),
    ];
    for (const other of others) {
      const response = await postJson(other);
      expect(response.status).to.equal(201);
      expect(await response.json()).to.include({ state: 'waiting', why: 'other-kind' });
    }
  });

  describe('/inbox/constraints', () => {
    it('is where the inbox says it is', async () => {
      const response = await http.request('/inbox', { method: 'HEAD' });
      expect(response.headers.get('link')).to.contain(
        `<${base}/inbox/constraints>; rel="http://www.w3.org/ns/ldp#constrainedBy"`,
      );
      const [node] = await expandJsonLd(await (await http.request('/inbox')).json(), { base: 'urn:none' });
      expect(node?.['http://www.w3.org/ns/ldp#constrainedBy']).to.deep.equal([
        { '@id': `${base}/inbox/constraints` },
      ]);
    });

    it('has a shape for each pattern, as JSON-LD', async () => {
      const response = await http.request('/inbox/constraints');
      const [node] = await expandJsonLd(await response.json(), { base: 'urn:none' });
      const shapes = (node?.['http://purl.org/dc/terms/hasPart'] ?? []) as { '@id': string }[];
      expect(shapes.map((shape) => shape['@id'])).to.deep.equal(
        PATTERNS.map((pattern) => `${base}/inbox/constraints#${pattern}`),
      );
    });

    for (const lang of ['en', 'es', 'pt', 'fr']) {
      it(`is a page in ${lang}, with every pattern`, async () => {
        const response = await http.request(`/inbox/constraints?format=html&lang=${lang}`);
        expect(response.headers.get('content-language')).to.equal(lang);
        const page = await response.text();
        for (const pattern of PATTERNS) expect(page).to.contain(`<tr id="${pattern}">`);
        expect(page).to.contain('<code>object.ietf:item.mediaType</code>');
      });
    }
  });
});
