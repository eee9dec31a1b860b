import { expect } from 'chai';
import { aPut } from '../support/builders.ts';
import { API_TOKEN, aSite, BROWSER, type TestSite } from './support/a-site.ts';

const CLIENTS = ['192.0.2.1', '192.0.2.2', '192.0.2.3'];
const manager = { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' };

describe('what readers say of related items', () => {
  let site: TestSite;
  let keys: string[];

  beforeEach(async () => {
    site = await aSite({ site: { trustProxy: true } });
    keys = await site.put(
      ...['policies', 'metadata', 'usage', 'identifiers'].map((topic, n) =>
        aPut(n, { titles: [{ value: `Open access repositories and their ${topic}` }] }),
      ),
    );
  });
  afterEach(() => site.close());

  const vote = (
    record: string,
    item: string,
    headers: Record<string, string> = {},
    query = '',
  ): Promise<Response> =>
    fetch(`${site.url}/records/${record}/related/feedback${query}`, {
      method: 'POST',
      headers: { 'x-forwarded-for': '192.0.2.9', ...headers },
      body: new URLSearchParams({ item }),
      redirect: 'manual',
    });
  const related = async (key: string): Promise<string[]> => {
    const { orderedItems } = (await (await site.get(`/records/${key}/related`)).json()) as {
      orderedItems: { id: string }[];
    };
    return orderedItems.map(({ id }) => id.slice(-20));
  };
  const api = (method: string, path = '', body?: object): Promise<Response> =>
    fetch(`${site.url}/api/related-feedback${path}`, {
      method,
      headers: manager,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  it('is taken from anybody without an account, and counts when three agree', async () => {
    const [record = '', item = ''] = keys;
    expect(await related(record)).to.include(item);
    for (const [i, address] of CLIENTS.entries()) {
      expect(await related(record), `after ${i}`).to.include(item);
      const answer = await vote(record, item, { 'x-forwarded-for': address });
      expect(answer.status).to.equal(204);
      expect(answer.headers.get('cache-control')).to.equal('no-store');
      expect(answer.headers.get('access-control-allow-origin')).to.equal('*');
    }
    expect(await related(record)).not.to.include(item);
    expect(await related(item), 'the other way').to.include(record);
    const page = await site.page(`/records/${record}`);
    expect(page).not.to.contain(`value="${item}"`);
    // Whoever comes late is thanked, too, and nothing is counted.
    expect((await vote(record, item)).status).to.equal(204);
    const { feedback } = (await (await api('GET')).json()) as { feedback: { votes: number }[] };
    expect(feedback.map(({ votes }) => votes)).to.deep.equal([3]);
  });

  it('is not counted where the item is not suggested', async () => {
    const [record = ''] = keys;
    const [other = ''] = await site.put(aPut(9, { titles: [{ value: 'Glaciers' }] }));
    expect((await vote(record, other)).status).to.equal(204);
    expect((await vote(record, record)).status).to.equal(204);
    expect(await (await api('GET')).json()).to.deep.equal({ feedback: [], pairs: 0, leftOut: 0 });
  });

  it('is of records that are held and stand', async () => {
    const [record = '', item = '', gone = ''] = keys;
    await site.put({ type: 'withdraw', oaiIdentifier: 'oai:repository.example:2', reason: 'Wrong.' });
    expect((await vote(gone, item)).status).to.equal(404);
    expect((await vote(record, gone)).status).to.equal(404);
    expect((await vote(record, 'z'.repeat(20))).status).to.equal(404);
    expect((await vote('unknown', item)).status).to.equal(404);
    expect((await vote(record, 'unknown')).status).to.equal(400);
  });

  it('needs no preflight, and passes one', async () => {
    const answer = await fetch(`${site.url}/records/${keys[0]}/related/feedback`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://repository.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(answer.status).to.equal(204);
    expect(answer.headers.get('access-control-allow-origin')).to.equal('*');
    expect(answer.headers.get('access-control-allow-methods')).to.contain('POST');
    expect(answer.headers.get('access-control-allow-headers')).to.contain('Content-Type');
    expect(answer.headers.get('access-control-allow-credentials')).to.equal(null);
  });

  it('is said by a form on the record’s page, and answered with a page in the reader’s language', async () => {
    const [record = '', item = ''] = keys;
    const page = await site.page(`/records/${record}?lang=pt`);
    const form = /<form class="feedback" method="post" action="([^"]+)"/.exec(page.replace(/\s+/g, ' '))?.[1];
    expect(form).to.equal(`/records/${record}/related/feedback?lang=pt`);
    expect(page).to.match(new RegExp(`name="item"\\s+value="${item}"`));
    expect(page).to.contain('aria-label="Não é pertinente: Open access repositories and their metadata"');
    const answer = await vote(record, item, { accept: BROWSER }, '?lang=pt');
    expect(answer.status).to.equal(202);
    expect(answer.headers.get('content-type')).to.equal('text/html; charset=utf-8');
    const text = await answer.text();
    expect(text).to.contain(
      'Foi anotado que “Open access repositories and their metadata” não é pertinente.',
    );
    expect(text).to.contain(`href="/records/${record}?lang=pt#related"`);
  });

  it('is refused for today where an address has voted too often, with the time until then', async () => {
    const [record = '', item = ''] = keys;
    for (let n = 0; n < 100; n += 1)
      await site.parts.feedback.vote('192.0.2.9', record, `${n}`.padStart(20, 'a'));
    const answer = await vote(record, item);
    expect(answer.status).to.equal(429);
    expect(Number(answer.headers.get('retry-after'))).to.be.within(1, 86_400);
    expect(((await answer.json()) as { code: string }).code).to.equal('FEEDBACK_TOO_MANY');
    expect((await vote(record, item, { 'x-forwarded-for': '192.0.2.10' })).status).to.equal(204);
  });

  describe('the manager', () => {
    it('leaves an item out at once, by any name of the records, and takes it back', async () => {
      const [record = '', item = ''] = keys;
      const names = { record: 'oai:repository.example:0', item: `https://node.example/records/${item}` };
      const said = await api('POST', '', names);
      expect(said.status).to.equal(200);
      expect(await said.json()).to.deep.equal({
        record,
        item,
        votes: 0,
        leftOutBy: 'manager',
        at: new Date(site.clock.now()).toISOString(),
      });
      expect(await related(record)).not.to.include(item);
      expect((await api('DELETE', `/${record}/${item}`)).status).to.equal(204);
      expect(await related(record)).to.include(item);
      const again = await api('DELETE', `/${record}/${item}`);
      expect(again.status).to.equal(404);
      expect(((await again.json()) as { code: string }).code).to.equal('FEEDBACK_UNKNOWN');
    });

    it('sees what readers said, page by page', async () => {
      const [record = '', ...items] = keys;
      for (const item of items) await vote(record, item);
      const first = (await (await api('GET', `?record=${record}&limit=2`)).json()) as {
        feedback: { item: string; votes: number }[];
        next: string;
      };
      expect(first.feedback.map(({ votes }) => votes)).to.deep.equal([1, 1]);
      const rest = (await (await api('GET', `?limit=2&after=${first.next}`)).json()) as typeof first;
      expect([...first.feedback, ...rest.feedback].map(({ item }) => item)).to.have.members(items);
      expect(rest).not.to.have.property('next');
    });

    it('is told what cannot be', async () => {
      const [record = ''] = keys;
      expect((await api('POST', '', { record, item: record })).status).to.equal(400);
      expect((await api('POST', '', { record, item: 'oai:unknown:1' })).status).to.equal(404);
      const other = await fetch(`${site.url}/api/related-feedback`);
      expect(other.status).to.equal(401);
    });
  });
});
