import { request } from 'node:http';
import { expect } from 'chai';
import type { HttpParts } from '../../node/http/index.ts';
import { aPut } from '../support/builders.ts';
import { aSite, BROWSER, type TestSite } from './support/a-site.ts';

interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
}

describe('what cannot be answered', () => {
  let site: TestSite;
  before(async () => {
    const text: HttpParts['text'] = {
      search: () => Promise.reject(new Error('secret: /var/lib/ngr is damaged')),
    };
    site = await aSite({ parts: { text } });
  });
  after(async () => {
    await site.close();
  });

  it('is a problem document for scripts', async () => {
    const response = await site.get('/nothing/here');
    expect(response.status).to.equal(404);
    expect(response.headers.get('content-type')).to.equal('application/problem+json');
    expect(await response.json()).to.deep.equal({
      type: 'urn:ngr:problem:not-found',
      title: 'There is nothing here',
      status: 404,
      detail: 'There is nothing at /nothing/here.',
      code: 'NOT_FOUND',
    } satisfies Problem);
  });

  it('is a page in the reader’s language for browsers, which does not say more than it should', async () => {
    const response = await site.get('/%3Cscript%3Ealert(1)%3C/script%3E', {
      accept: BROWSER,
      'accept-language': 'pt-BR',
    });
    expect(response.status).to.equal(404);
    expect(response.headers.get('content-language')).to.equal('pt');
    const page = await response.text();
    expect(page).to.contain('Não há nada neste endereço.').and.not.contain('<script');
  });

  it('never shows what went wrong inside', async () => {
    for (const accept of ['*/*', BROWSER]) {
      const response = await site.get('/search?q=a', { accept });
      expect(response.status).to.equal(500);
      expect(await response.text()).not.to.match(/secret|var\/lib|\.ts:|at async/);
    }
    expect(((await (await site.get('/search?q=a')).json()) as Problem).code).to.equal('INTERNAL');
  });

  it('names the methods that there are', async () => {
    const response = await fetch(`${site.url}/peers`, { method: 'DELETE' });
    expect(response.status).to.equal(405);
    expect(response.headers.get('allow')).to.equal('HEAD, GET, OPTIONS');
    const options = await fetch(`${site.url}/peers`, { method: 'OPTIONS' });
    expect(options.status).to.equal(204);
    expect(options.headers.get('access-control-allow-methods')).to.equal('HEAD, GET, OPTIONS');
    expect(options.headers.get('access-control-allow-headers')).to.contain('If-None-Match');
  });

  it('says 414 to an address that is too long', async () => {
    const response = await site.get(`/search?q=${'a'.repeat(8_000)}`);
    expect(response.status).to.equal(414);
  });

  it('links no other site where the path looks like one', async () => {
    for (const path of ['//elsewhere.example/', '/\\elsewhere.example/']) {
      const page = await rawGet(site.url, path);
      expect(page)
        .to.contain('404')
        .and.not.match(/(?:href|action)="\/[/\\]/);
    }
  });

  it('has the same headers of security as everything else', async () => {
    const [key = ''] = await site.put(aPut(1));
    for (const path of ['/nothing', '/', `/records/${key}`, '/health/live', '/api/status']) {
      const { headers } = await site.get(path, { accept: BROWSER });
      expect(headers.get('x-content-type-options')).to.equal('nosniff');
      if (headers.get('content-type')?.startsWith('text/html')) {
        const policy = headers.get('content-security-policy');
        expect(policy).to.contain("default-src 'none'").and.contain("frame-ancestors 'none'");
        expect(headers.get('referrer-policy')).to.equal('strict-origin-when-cross-origin');
      } else {
        expect(headers.get('content-type')).to.contain('json');
      }
      expect(headers.has('x-powered-by')).to.equal(false);
    }
  });
});

/** `fetch` would tidy the path. */
function rawGet(url: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const outgoing = request({ hostname, port, path, headers: { accept: BROWSER } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(`${response.statusCode} ${Buffer.concat(chunks).toString()}`));
    });
    outgoing.on('error', reject).end();
  });
}
