import { expect } from 'chai';
import type { Service } from '../../node/notifications/index.ts';
import type { Fetch } from '../../protocols/ldn/index.ts';
import { Parser } from 'n3';
import { expandJsonLd } from '../../vocab/json-ld/index.ts';
import { contextDocument } from '../../vocab/context.ts';
import { aPut } from '../support/builders.ts';
import { aPayload } from '../support/notify-payloads.ts';
import { answering, TestWeb } from '../support/test-web.ts';
import { until } from '../support/until.ts';
import { API_TOKEN, aSite, type TestSite } from './support/a-site.ts';

type Json = Record<string, unknown>;

const reviews: Service = { name: 'Reviews', id: 'https://review.example/system', trust: 'ask' };
const file = { url: 'https://repository.example/1.pdf', access: 'open' as const, format: 'application/pdf' };

/** A call of the manager's API. */
async function api(
  site: TestSite,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; json: Json }> {
  const response = await fetch(site.url + path, {
    method,
    headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: (text === '' ? {} : JSON.parse(text)) as Json };
}

async function post(site: TestSite, payload: object): Promise<Json> {
  const headers = { 'content-type': 'application/ld+json' };
  const response = await fetch(`${site.url}/inbox`, {
    method: 'POST',
    headers,
    body: JSON.stringify(payload),
  });
  return { status: response.status, ...((await response.json()) as Json) };
}

describe('an announcement on the record', () => {
  let site: TestSite;
  let key: string;

  const announce = async (pattern: Parameters<typeof aPayload>[0], parts: Json = {}): Promise<string> => {
    const context = { id: `https://node.example/records/${key}` };
    const { id } = await post(site, aPayload(pattern, { context, id: `urn:uuid:${pattern}`, ...parts }));
    return String(id).split('/').at(-1) ?? '';
  };
  const accept = async (id: string): Promise<void> => {
    expect((await api(site, 'POST', `/api/notifications/${id}/accept`, {})).status).to.equal(200);
  };

  beforeEach(async () => {
    site = await aSite({ notifications: { services: [reviews], fetch: new TestWeb().fetch } });
    [key = ''] = await site.put(aPut(1));
  });
  afterEach(async () => {
    await site.close();
  });

  it('is in its JSON-LD, in every RDF format alike, and in schema.org', async () => {
    const relation = { id: 'urn:uuid:rel', type: 'Relationship', 'as:subject': 'https://data.example/7' };
    const triple = {
      'as:relationship': 'urn:supplements',
      'as:object': `https://node.example/records/${key}`,
    };
    await accept(await announce('announce-review'));
    await accept(await announce('announce-endorsement'));
    await accept(await announce('announce-relationship', { object: { ...relation, ...triple } }));
    await accept(await announce('announce-resource'));
    const document = (await (await site.get(`/records/${key}`)).json()) as Json;
    expect(document['reviews']).to.deep.equal([
      {
        id: 'https://review.example/review/21',
        type: ['Review', 'https://www.w3.org/ns/activitystreams#Page', 'http://schema.org/Review'],
        citeAs: 'https://doi.org/10.5555/987654',
        announcedBy: { id: 'https://review.example', name: 'Reviews' },
        announcedIn: (document['reviews'] as Json[])[0]?.['announcedIn'],
        announcedAt: '2026-01-01T00:00:00.000Z',
      },
    ]);
    expect(document['endorsements']).to.have.length(1);
    expect(document['serviceResults']).to.have.length(1);
    expect((document['relationships'] as Json[])[0]).to.include({
      subject: 'https://data.example/7',
      relationship: 'urn:supplements',
      object: `https://node.example/records/${key}`,
    });

    const quads = await (await site.get(`/records/${key}?format=nq`)).text();
    const turtle = await (await site.get(`/records/${key}?format=turtle`)).text();
    expect(quads).to.contain(
      `<https://node.example/records/${key}> <https://schema.org/review> <https://review.example/review/21> .`,
    );
    expect(quads).to.contain('<https://www.w3.org/ns/activitystreams#relationship> <urn:supplements> .');
    expect(new Parser().parse(turtle)).to.have.length(new Parser().parse(quads).length);
    const schema = (await (await site.get(`/records/${key}?format=schema`)).json()) as Json;
    expect(schema['review']).to.have.length(1);
  });

  it('is on its page, in four languages, with nothing in it that could be markup', async () => {
    const object = { id: 'https://review.example/1', type: 'Page', name: '<b>Bold</b>' };
    const actor = { id: 'https://review.example', type: 'Service', name: '<script>alert(1)</script>' };
    await accept(await announce('announce-review', { object, actor }));
    for (const [lang, word] of Object.entries({
      en: 'Reviews',
      es: 'Revisiones',
      pt: 'Revisões',
      fr: 'Évaluations',
    })) {
      const page = await site.page(`/records/${key}?lang=${lang}`);
      expect(page).to.contain(`<h3>${word}</h3>`);
      expect(page).to.contain(
        '<a href="https://review.example/1" rel="nofollow noopener">&lt;b&gt;Bold&lt;/b&gt;</a>',
      );
      expect(page).to.not.contain('<script>alert');
    }
  });

  it('has no link that is not to the web', async () => {
    const object = { id: 'javascript:alert(1)', type: 'Page' };
    await accept(await announce('announce-review', { object }));
    const page = await site.page(`/records/${key}`);
    expect(page).to.contain('javascript:alert(1)');
    expect(page).to.not.contain('href="javascript');
  });

  it('gives the record a new entity tag when it comes and when it goes', async () => {
    const fetched = async (headers = {}): Promise<Response> => await site.get(`/records/${key}`, headers);
    const before = (await fetched()).headers.get('etag') ?? '';
    const id = await announce('announce-review');
    expect((await fetched({ 'if-none-match': before })).status).to.equal(304);
    site.clock.advance(60_000);
    await accept(id);
    const shown = await fetched({ 'if-none-match': before });
    expect(shown.status).to.equal(200);
    expect(shown.headers.get('last-modified')).to.equal('Thu, 01 Jan 2026 00:01:00 GMT');
    const tag = shown.headers.get('etag') ?? '';
    site.clock.advance(60_000);
    await api(site, 'POST', `/api/notifications/${id}/reject`, { note: 'No.' });
    const gone = await fetched({ 'if-none-match': tag });
    expect(gone.status).to.equal(200);
    expect(gone.headers.get('last-modified')).to.equal('Thu, 01 Jan 2026 00:02:00 GMT');
    expect(await gone.json()).to.not.have.property('reviews');
  });

  it('takes hash and length of the record out of the lists of ResourceSync, also for who has a copy of them', async () => {
    const paths = ['resourcelist', 'changelist'].map((name) => `/resourcesync/${name}.xml`);
    const copies = await Promise.all(paths.map(async (path) => await site.get(path)));
    for (const copy of copies) expect(await copy.text()).to.match(/ hash="sha-256:/);
    site.clock.advance(60_000);
    await accept(await announce('announce-review'));
    for (const [i, { headers }] of copies.entries()) {
      const [etag, since] = [headers.get('etag') ?? '', headers.get('last-modified') ?? ''];
      for (const had of [{ 'if-none-match': etag }, { 'if-modified-since': since }]) {
        const list = await site.get(paths[i] ?? '', had);
        expect(list.status).to.equal(200);
        const xml = await list.text();
        expect(xml).to.contain(`/records/${key}</loc>`).and.contain('type="application/ld+json"');
        expect(xml).to.not.match(/ (hash|length)=/);
      }
    }
  });

  it('is gone with the record', async () => {
    await accept(await announce('announce-review'));
    await site.put({ type: 'withdraw', oaiIdentifier: 'oai:repository.example:1', reason: 'Wrong.' });
    const response = await site.get(`/records/${key}`);
    expect(response.status).to.equal(410);
    expect(await response.text()).to.not.contain('review.example');
    expect(await site.page(`/records/${key}`)).to.not.contain('review.example');
  });

  it('is asked for at the record’s own institution', async () => {
    const peer = await site.peer('Nordmark', 'https://nordmark.example/ngr');
    const [theirs] = await site.follow(peer, aPut(1));
    for (const [record, inbox] of [
      [key, 'https://node.example/inbox'],
      [theirs, 'https://nordmark.example/ngr/inbox'],
    ]) {
      const response = await site.get(`/records/${record}`);
      expect(response.headers.get('link')).to.contain(`<${inbox}>; rel="http://www.w3.org/ns/ldp#inbox"`);
      const [node] = await expandJsonLd(
        {
          ...((await response.json()) as Json),
          '@context': { inbox: contextDocument['@context']['inbox'], ldp: 'http://www.w3.org/ns/ldp#' },
        },
        { base: 'urn:none' },
      );
      expect(node?.['http://www.w3.org/ns/ldp#inbox']).to.deep.equal([{ '@id': inbox }]);
      expect(await site.page(`/records/${record}`)).to.contain(
        `<link rel="http://www.w3.org/ns/ldp#inbox" href="${inbox}"`,
      );
    }
  });
});

describe('/api/notifications', () => {
  let site: TestSite;
  let web: TestWeb;
  let key: string;

  beforeEach(async () => {
    web = new TestWeb();
    web.answers.set('review.example', answering(422, { body: 'no' }));
    const services = [{ ...reviews, inbox: 'https://review.example/inbox' }];
    site = await aSite({ notifications: { services, fetch: web.fetch } });
    [key = ''] = await site.put(aPut(1, { files: [file] }));
  });
  afterEach(async () => {
    await site.close();
  });

  it('lists what came and what went, page by page, the newest first', async () => {
    for (let n = 0; n < 5; n++) await post(site, aPayload('announce-review', { id: `urn:${n}` }));
    const seen: unknown[] = [];
    let path = '/api/notifications?list=waiting&limit=2';
    for (let next: unknown = ''; next !== undefined;) {
      const { json } = await api(site, 'GET', path);
      seen.push(...(json['notifications'] as Json[]).map(({ iri }) => iri));
      next = json['next'];
      path = `/api/notifications?list=waiting&limit=2&before=${String(next)}`;
    }
    expect(seen).to.deep.equal(['urn:4', 'urn:3', 'urn:2', 'urn:1', 'urn:0']);
    const { json } = await api(site, 'GET', '/api/notifications');
    expect(json['services']).to.deep.equal([{ name: 'Reviews', id: reviews.id, trust: 'ask' }]);
    expect((json['notifications'] as Json[])[0]).to.include({
      iri: 'urn:4',
      direction: 'received',
      pattern: 'announce-review',
      state: 'waiting',
      why: 'no-item',
      reason: 'None of the items that it speaks of is held here.',
      at: '2026-01-01T00:00:00.000Z',
    });
  });

  it('shows one with what it says and its conversation', async () => {
    const { id } = await post(site, aPayload('request-review', { id: 'urn:offer' }));
    const path = `/api/notifications/${String(id).split('/').at(-1)}`;
    const { json } = await api(site, 'GET', path);
    expect(json['payload']).to.deep.equal(aPayload('request-review', { id: 'urn:offer' }));
    expect(json['conversation']).to.deep.include({ offer: 'urn:offer', side: 'offered', state: 'offered' });
    await api(site, 'POST', `${path}/accept`, { tentatively: true, note: 'Likely.' });
    const after = (await api(site, 'GET', path)).json;
    expect(after['notification']).to.include({
      state: 'waiting',
      why: 'answered-tentatively',
      note: 'Likely.',
    });
    expect(after['conversation']).to.include({ state: 'tentatively-accepted' });
  });

  it('sends, shows what failed, and sends again', async () => {
    const sent = await api(site, 'POST', '/api/notifications', {
      pattern: 'request-review',
      service: 'Reviews',
      record: 'oai:repository.example:1',
    });
    expect(sent.status).to.equal(201);
    expect(sent.json).to.deep.include({ state: 'pending', records: [key] });
    const path = `/api/notifications/${String(sent.json['id'])}`;
    await until('it failed', async () => {
      const { json } = await api(site, 'GET', '/api/notifications?list=failed');
      return (json['notifications'] as Json[]).length === 1;
    });
    expect((await api(site, 'GET', path)).json).to.have.nested.property(
      'notification.delivery.error.code',
      'HTTP_422',
    );
    web.answers.delete('review.example');
    expect((await api(site, 'POST', `${path}/resend`)).status).to.equal(200);
    await until('it arrived', async () => {
      const { json } = await api(site, 'GET', path);
      return (json['notification'] as Json)['state'] === 'delivered';
    });
    expect((await api(site, 'POST', `${path}/undo`, { note: 'Sorry.' })).json).to.include({
      pattern: 'undo-offer',
    });
  });

  it('needs the token', async () => {
    for (const path of ['/api/notifications', '/api/subscriptions']) {
      expect((await fetch(site.url + path)).status).to.equal(401);
    }
  });

  const send = { pattern: 'request-review', service: 'Reviews', record: 'oai:repository.example:1' };
  const relation = {
    pattern: 'announce-relationship',
    record: send.record,
    relationship: 'urn:r',
    object: 'https://o.example',
  };
  const bad: readonly (readonly [
    method: string,
    path: string,
    body: unknown,
    status: number,
    code: string,
  ])[] = [
    ['GET', '/api/notifications?list=', undefined, 400, 'PARAMETER_INVALID'],
    ['GET', '/api/notifications?list=new', undefined, 400, 'PARAMETER_INVALID'],
    ['GET', '/api/notifications?limit=0', undefined, 400, 'PARAMETER_INVALID'],
    ['GET', '/api/notifications?limit=1&limit=2', undefined, 400, 'PARAMETER_INVALID'],
    ['GET', `/api/notifications?before=${'a'.repeat(200)}`, undefined, 400, 'PARAMETER_INVALID'],
    ['GET', '/api/notifications/nothing', undefined, 404, 'NOTIFICATION_UNKNOWN'],
    ['POST', '/api/notifications/nothing/accept', {}, 404, 'NOTIFICATION_UNKNOWN'],
    ['POST', '/api/notifications/nothing/accept', { note: '' }, 400, 'BODY_INVALID'],
    ['POST', '/api/notifications/nothing/accept', { tentatively: 'yes' }, 400, 'BODY_INVALID'],
    ['POST', '/api/notifications/nothing/accept', { perhaps: true }, 400, 'BODY_INVALID'],
    ['POST', '/api/notifications/nothing/accept', { record: 'oai:none' }, 404, 'RECORD_UNKNOWN'],
    ['POST', '/api/notifications/nothing/reject', {}, 400, 'BODY_INVALID'],
    ['POST', '/api/notifications/nothing/reject', { note: 'x'.repeat(1_001) }, 400, 'BODY_INVALID'],
    ['POST', '/api/notifications/nothing/resend', {}, 404, 'NOTIFICATION_UNKNOWN'],
    ['POST', '/api/notifications/nothing/undo', [], 400, 'BODY_INVALID'],
    ['POST', '/api/notifications', {}, 400, 'BODY_INVALID'],
    ['POST', '/api/notifications', { ...send, pattern: 'accept' }, 400, 'BODY_INVALID'],
    ['POST', '/api/notifications', { ...send, service: '' }, 400, 'BODY_INVALID'],
    ['POST', '/api/notifications', { ...send, service: 'Nobody' }, 404, 'SERVICE_UNKNOWN'],
    ['POST', '/api/notifications', { ...send, record: 'oai:none' }, 404, 'RECORD_UNKNOWN'],
    ['POST', '/api/notifications', { ...send, inbox: 'https://x.example' }, 400, 'BODY_INVALID'],
    ['POST', '/api/notifications', { ...relation, relationship: 'cites' }, 400, 'BODY_INVALID'],
    ['POST', '/api/notifications', { ...relation, object: 'urn:x' }, 400, 'BODY_INVALID'],
    ['POST', '/api/notifications', { ...relation, object: 'http://[' }, 400, 'BODY_INVALID'],
    ['POST', '/api/notifications', 'x'.repeat(20_000), 413, 'BODY_TOO_LARGE'],
    ['POST', '/api/notifications', '{', 400, 'BODY_INVALID'],
    ['POST', '/api/subscriptions', {}, 400, 'BODY_INVALID'],
    ['POST', '/api/subscriptions', { inbox: 'ftp://x.example' }, 400, 'BODY_INVALID'],
    ['POST', '/api/subscriptions', { inbox: ['https://x.example'] }, 400, 'BODY_INVALID'],
    ['POST', '/api/subscriptions', { inbox: `https://x.example/${'a'.repeat(2_000)}` }, 400, 'BODY_INVALID'],
    ['POST', '/api/subscriptions', { inbox: 'https://x.example', query: { q: '' } }, 400, 'BODY_INVALID'],
    [
      'POST',
      '/api/subscriptions',
      { inbox: 'https://x.example', query: { since: '2026' } },
      400,
      'BODY_INVALID',
    ],
    ['POST', '/api/subscriptions', { inbox: 'https://x.example', query: 'all' }, 400, 'BODY_INVALID'],
    ['POST', '/api/subscriptions', { inbox: 'https://review.example/inbox' }, 422, 'LDN_NO_INBOX'],
    ['GET', '/api/subscriptions/nothing', undefined, 404, 'SUBSCRIPTION_UNKNOWN'],
    ['DELETE', '/api/subscriptions/nothing', undefined, 404, 'SUBSCRIPTION_UNKNOWN'],
  ];
  for (const [method, path, body, status, code] of bad) {
    const shown = `${method} ${path} ${JSON.stringify(body) ?? ''}`;
    it(`answers ${status} ${code} to ${shown.slice(0, 100)}`, async () => {
      const answer = await api(site, method, path, body);
      expect(answer.json).to.include({ status, code });
      expect(answer.status).to.equal(status);
    });
  }

  it('subscribes, lists and ends', async () => {
    const body = { inbox: 'https://reader.example/inbox', query: { set: 'theses' } };
    const made = await api(site, 'POST', '/api/subscriptions', body);
    expect(made.status).to.equal(201);
    expect(made.json).to.deep.include({ ...body, state: 'active', delivered: 0 });
    expect((await api(site, 'POST', '/api/subscriptions', body)).status).to.equal(200);
    expect((await api(site, 'GET', '/api/subscriptions')).json['subscriptions']).to.deep.equal([made.json]);
    const path = `/api/subscriptions/${String(made.json['id'])}`;
    expect((await api(site, 'GET', path)).json).to.deep.equal(made.json);
    expect((await api(site, 'DELETE', path)).status).to.equal(204);
    expect((await api(site, 'GET', '/api/subscriptions')).json['subscriptions']).to.deep.equal([]);
  });
});

describe('two nodes that are each other’s service', () => {
  const names = { journal: 'https://journal.example/ngr', archive: 'https://archive.example' };
  let journal: TestSite;
  let archive: TestSite;

  /** Takes the addresses of the two to where they listen: everything else of HTTP is real. */
  const network: Fetch = async (address, init) => {
    for (const [base, site] of [
      [names.journal, journal],
      [names.archive, archive],
    ] as const) {
      if (address.startsWith(`${base}/`) || address === base) {
        return await fetch(site.url + address.slice(base.length), { redirect: 'manual', ...init });
      }
    }
    throw new Error(`${address} is not in this network`);
  };
  const serviceAt = (name: string, id: string, trust: Service['trust']): Service => ({ name, id, trust });
  const hosts = { 'journal.example': ['127.0.0.1'], 'archive.example': ['127.0.0.1'] };
  const waiting = async (site: TestSite): Promise<Json> => {
    let found: Json[] = [];
    await until('something waits', async () => {
      const { json } = await api(site, 'GET', '/api/notifications?list=waiting');
      found = json['notifications'] as Json[];
      return found.length > 0;
    });
    return found[0] ?? {};
  };
  const conversationAt = async (site: TestSite, id: string): Promise<string> => {
    const { json } = await api(site, 'GET', `/api/notifications/${id}`);
    return String((json['conversation'] as Json)['state']);
  };
  const becomes = (site: TestSite, id: string, state: string): Promise<void> =>
    until(`the conversation is ${state}`, async () => (await conversationAt(site, id)) === state);

  beforeEach(async () => {
    const site = (base: string, service: Service): Promise<TestSite> =>
      aSite({ base, site: { name: base }, notifications: { services: [service], hosts, fetch: network } });
    journal = await site(names.journal, serviceAt('Archive', names.archive, 'ask'));
    archive = await site(names.archive, serviceAt('Journal', names.journal, 'accept'));
  });
  afterEach(async () => {
    await Promise.all([journal.close(), archive.close()]);
  });

  it('ask, answer, and take back', async () => {
    const [key = ''] = await archive.put(aPut(1, { files: [file] }));
    const request = { pattern: 'request-endorsement', service: 'Journal', record: key };
    const offer = (await api(archive, 'POST', '/api/notifications', request)).json;
    const offerId = String(offer['id']);
    const received = await waiting(journal);
    expect(received).to.include({ pattern: 'request-endorsement', why: 'request', iri: offer['iri'] });
    const receivedId = String(received['id']);

    await api(journal, 'POST', `/api/notifications/${receivedId}/accept`, { tentatively: true });
    await becomes(archive, offerId, 'tentatively-accepted');
    await api(journal, 'POST', `/api/notifications/${receivedId}/accept`, {});
    await becomes(archive, offerId, 'accepted');

    await api(archive, 'POST', `/api/notifications/${offerId}/undo`, { note: 'Published elsewhere.' });
    await becomes(journal, receivedId, 'undone');
    expect(await conversationAt(archive, offerId)).to.equal('undone');
  });

  it('refuse, with the reason', async () => {
    const [key = ''] = await archive.put(aPut(1, { files: [file] }));
    const request = { pattern: 'request-review', service: 'Journal', record: key };
    const offer = (await api(archive, 'POST', '/api/notifications', request)).json;
    const { id } = await waiting(journal);
    await api(journal, 'POST', `/api/notifications/${String(id)}/reject`, { note: 'Not our field.' });
    await becomes(archive, String(offer['id']), 'rejected');
    const { json } = await api(archive, 'GET', '/api/notifications?list=received');
    expect((json['notifications'] as Json[])[0]).to.include({ pattern: 'reject', summary: 'Not our field.' });
  });

  it('announce relationships, which are shown where the other trusts them, and undone', async () => {
    const [article = ''] = await journal.put(aPut(1));
    const [data = ''] = await archive.put(aPut(7));
    const relationship = 'http://purl.org/vocab/frbr/core#supplement';
    const object = `${names.archive}/records/${data}`;
    const request = { pattern: 'announce-relationship', record: article, relationship, object };
    const sent = (await api(journal, 'POST', '/api/notifications', request)).json;
    const shownAt = async (): Promise<unknown> =>
      ((await (await archive.get(`/records/${data}`)).json()) as Json)['relationships'];
    await until('it is shown', async () => (await shownAt()) !== undefined);
    expect(((await shownAt()) as Json[])[0]).to.deep.include({
      subject: `${names.journal}/records/${article}`,
      relationship,
      object,
      announcedBy: { id: `${names.journal}/#institution`, name: 'University of Wyreford' },
    });
    await api(journal, 'POST', `/api/notifications/${String(sent['id'])}/undo`, {});
    await until('it is gone', async () => (await shownAt()) === undefined);
  });

  it('tell one another of their changes, for a person to see', async () => {
    const inbox = `${names.journal}/inbox`;
    expect((await api(archive, 'POST', '/api/subscriptions', { inbox })).status).to.equal(201);
    const [key] = await archive.put(aPut(1));
    const told = await waiting(journal);
    expect(told).to.include({ state: 'waiting', why: 'other-kind' });
    const { json } = await api(journal, 'GET', `/api/notifications/${String(told['id'])}`);
    expect(json['payload']).to.have.nested.property('object.id', `${names.archive}/records/${key}`);
  });

  it('are not fooled by a third one that speaks as one of them', async () => {
    const [key = ''] = await archive.put(aPut(1));
    const origin = { id: names.journal, type: 'Service', inbox: 'https://evil.example/inbox' };
    const context = { id: `${names.archive}/records/${key}` };
    expect(await post(archive, aPayload('announce-review', { origin, context }))).to.include({
      status: 403,
      code: 'INBOX_ORIGIN_FORGED',
    });
    expect(await (await archive.get(`/records/${key}`)).json()).to.not.have.property('reviews');
  });
});
