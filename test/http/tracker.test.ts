import { expect } from 'chai';
import { aPut } from '../support/builders.ts';
import { aSite, type TestSite } from './support/a-site.ts';

const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0';

describe('/tracker', () => {
  let site: TestSite;
  let key: string;
  beforeEach(async () => {
    site = await aSite();
    [key = ''] = await site.put(aPut(1));
  });
  afterEach(async () => {
    await site.close();
  });
  const hit = (more: Record<string, string> = {}): string =>
    new URLSearchParams({
      url_ver: 'Z39.88-2004',
      url_tim: '2026-01-01T00:00:00Z',
      req_id: '192.0.2.1',
      req_dat: USER_AGENT,
      'rft.artnum': 'oai:repository.example:1',
      rft_dat: 'Request',
      svc_dat: 'https://repository.example/1.pdf',
      ...more,
    }).toString();
  const post = (body: string, type = 'application/x-www-form-urlencoded'): Promise<Response> =>
    fetch(`${site.url}/tracker`, { method: 'POST', headers: { 'content-type': type }, body });

  it('counts what the query of a GET tells, or the form of a POST', async () => {
    expect((await site.get(`/tracker?${hit()}`)).status).to.equal(204);
    expect((await post(hit({ req_id: '192.0.2.2' }))).status).to.equal(204);
    expect(
      (await site.get(`/tracker?${hit({ req_id: '192.0.2.3', rft_dat: 'Investigation' })}`)).status,
    ).to.equal(204);
    expect(await site.usage.counts(key)).to.deep.equal({ investigations: 3, requests: 2 });
  });

  it('takes robots and double clicks, and does not count them', async () => {
    expect((await site.get(`/tracker?${hit({ req_dat: 'Googlebot/2.1' })}`)).status).to.equal(204);
    expect((await site.get(`/tracker?${hit()}`)).status).to.equal(204);
    expect((await site.get(`/tracker?${hit()}`)).status).to.equal(204);
    expect(await site.usage.counts(key)).to.deep.equal({ investigations: 1, requests: 1 });
  });

  it('counts nothing for HEAD', async () => {
    expect((await fetch(`${site.url}/tracker?${hit()}`, { method: 'HEAD' })).status).to.equal(204);
    expect(await site.usage.counts(key)).to.deep.equal({ investigations: 0, requests: 0 });
  });

  for (const [name, more, code] of [
    ['another version', { url_ver: 'Z39.00' }, 'OPENURL_BAD_VERSION'],
    ['no item', { 'rft.artnum': '' }, 'OPENURL_NO_ITEM'],
    ['an unknown item', { 'rft.artnum': 'oai:x:1' }, 'USAGE_UNKNOWN_ITEM'],
    ['a time long ago', { url_tim: '2020-01-01T00:00:00Z' }, 'USAGE_BAD_TIME'],
    ['a wrong address', { req_id: '1.2.3' }, 'OPENURL_BAD_ADDRESS'],
  ] as const) {
    it(`says 400 to ${name}, without repeating what was sent`, async () => {
      const response = await post(hit(more));
      expect(response.status).to.equal(400);
      const text = await response.text();
      expect((JSON.parse(text) as { code: string }).code).to.equal(code);
      expect(text).not.to.contain('192.0.2.1').and.not.contain('Mozilla');
    });
  }

  it('refuses a body of another type or too large', async () => {
    expect((await post('{}', 'application/json')).status).to.equal(415);
    expect((await post(`a=${'x'.repeat(20_000)}`)).status).to.equal(413);
  });
});
