import { expect } from 'chai';
import type { Policy } from '../../vocab/oa-policy/index.ts';
import { API_TOKEN, aSite, BROWSER, type TestSite } from './support/a-site.ts';

const policy: Policy = {
  elements: {
    embargo: { codes: ['f3', 'f4'], statement: 'Twelve months & no <b>more</b>.' },
    withdrawal: { codes: [] },
  },
  url: 'https://library.example.edu/policy',
  since: '2026-01-31',
};

describe('the open access policy', () => {
  let site: TestSite;
  beforeEach(async () => {
    site = await aSite({ site: { location: { country: 'PT' } } });
  });
  afterEach(() => site.close());

  const api = (method: string, body?: unknown): Promise<Response> =>
    fetch(`${site.url}/api/policy`, {
      method,
      headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  it('is a page that compares, and no document, as long as none is stated', async () => {
    expect((await site.get('/policy')).status).to.equal(404);
    const page = await site.page('/policy');
    expect(page).to.include('has not stated its policy here yet');
    expect(page).to.match(/<th scope="row">Embargo<\/th><td>12 of 51/);
    expect(page).to.not.include('the institutions of the network');
  });

  it('is stated once, for programs and for people', async () => {
    expect((await api('PUT', policy)).status).to.equal(200);
    const response = await site.get('/policy');
    const document = (await response.json()) as Record<string, unknown>;
    expect(response.headers.get('content-type')).to.match(/^application\/ld\+json/);
    expect(document).to.deep.include({
      id: `${site.parts.site.base}/policy`,
      type: 'OpenAccessPolicy',
      page: policy.url,
      since: policy.since,
      elements: [
        {
          element: 'embargo',
          codes: [
            { code: 'f3', label: '12 months (science, technology, medicine)' },
            { code: 'f4', label: '12 months (humanities, social sciences)' },
          ],
          statement: policy.elements.embargo?.statement,
        },
        { element: 'withdrawal', codes: [] },
      ],
    });
    const page = await site.page('/policy?lang=pt');
    expect(page).to.include('12 meses (humanidades, ciências sociais)');
    expect(page).to.include('Twelve months &amp; no &lt;b&gt;more&lt;/b&gt;.');
  });

  it('is compared with those of the network and of its country', async () => {
    const one = await site.peer('One', 'https://one.example');
    const two = await site.peer('Two', 'https://two.example');
    await site.parts.policies.state(policy);
    const policies = site.parts.policies as unknown as {
      keep(node: string, published: { policy: Policy; updated: number }): Promise<void>;
    };
    await policies.keep(one.node, { policy: { elements: { metadata: { codes: ['h2'] } } }, updated: 1 });
    await policies.keep(two.node, { policy, updated: 1 });
    const page = await site.page('/policy?with=network');
    expect(page).to.match(/<th scope="row">Embargo<\/th><td>1 of 2/);
    expect(page).to.match(/<th scope="row">Metadata<\/th><td>1 of 2.*?<\/td><td>does not<\/td>/);
    expect(await site.page('/policy?with=country')).to.include('the institutions of Portugal');
    const { comparisons } = (await (await api('GET')).json()) as {
      comparisons: { group: string; institutions: number }[];
    };
    expect(comparisons.map(({ group, institutions }) => [group, institutions])).to.deep.equal([
      ['network', 2],
      ['country', 0],
      ['survey', 51],
    ]);
  });

  it('is refused where it is none, and stays as it was', async () => {
    await api('PUT', policy);
    for (const bad of [{}, { elements: { embargo: { codes: ['a1'] } } }, { ...policy, url: 'javascript:1' }])
      expect((await api('PUT', bad)).status).to.equal(400);
    const { policy: kept } = (await (await api('GET')).json()) as { policy: Policy };
    expect(kept).to.deep.equal(policy);
    const unknown = await fetch(`${site.url}/policy?with=nobody`, { headers: { accept: BROWSER } });
    expect(unknown.status).to.equal(400);
    const forbidden = await fetch(`${site.url}/api/policy`, { method: 'PUT', body: '{}' });
    expect(forbidden.status).to.equal(401);
  });
});
