import { expect } from 'chai';
import { aPut } from '../support/builders.ts';
import { aSite, BROWSER } from './support/a-site.ts';

describe('operations', () => {
  it('/health/live answers, and /health/ready tells each check', async () => {
    let ok = true;
    const ready = () =>
      Promise.resolve({ ok, checks: [{ name: 'store', ok, detail: ok ? 'open' : 'full' }] });
    const report = () => Promise.resolve({ status: 'pass' as const, time: 0, checks: [] });
    const site = await aSite({ parts: { health: { ready, report } } });
    try {
      expect((await site.get('/health/live')).status).to.equal(200);
      const good = await site.get('/health/ready');
      expect(good.status).to.equal(200);
      expect(await good.json()).to.deep.equal({
        ok: true,
        checks: [{ name: 'store', ok: true, detail: 'open' }],
      });
      ok = false;
      expect((await site.get('/health/ready')).status).to.equal(503);
      expect((await site.get('/health/live')).status).to.equal(200);
    } finally {
      await site.close();
    }
  });

  it('/metrics counts requests by pattern, method and status, whatever clients ask for', async () => {
    const site = await aSite();
    try {
      const [key = ''] = await site.put(aPut(1));
      await site.get(`/records/${key}`);
      for (let i = 0; i < 20; i++) await site.get(`/made-up/${i}?x=${i}`);
      await fetch(`${site.url}/peers`, { method: 'PURGE' });
      const response = await site.get('/metrics');
      expect(response.headers.get('content-type')).to.match(/^text\/plain; version=0\.0\.4/);
      const text = await response.text();
      const count = 'ngr_http_request_duration_seconds_count';
      expect(text).to.contain(`${count}{method="GET",route="/records/:key",status="200"} 1`);
      expect(text).to.contain(`${count}{method="GET",route="none",status="404"} 20`);
      expect(text).to.contain(`${count}{method="other",route="none",status="405"} 1`);
      expect(text).not.to.contain('made-up');
    } finally {
      await site.close();
    }
  });

  it('/assets has what pages need under names that change with the content, to be kept', async () => {
    const site = await aSite();
    try {
      const page = await site.page('/');
      const [, stylesheet = ''] = /<link rel="stylesheet" href="([^"]+)">/.exec(page) ?? [];
      expect(stylesheet).to.match(/^\/assets\/style\.[0-9a-f]{12}\.css$/);
      const response = await site.get(stylesheet, { 'accept-encoding': 'identity' });
      expect(response.headers.get('content-type')).to.equal('text/css; charset=utf-8');
      expect(response.headers.get('cache-control')).to.equal('public, max-age=31536000, immutable');
      expect(await response.text()).to.contain('prefers-color-scheme: dark');
      expect((await site.get('/assets/style.css')).status).to.equal(404);
      expect((await site.get('/assets/..%2Fapp.ts')).status).to.equal(404);
    } finally {
      await site.close();
    }
  });

  it('answers under the path of the base URL, and without it as some proxies ask', async () => {
    const site = await aSite({ base: 'https://uni.example/repository' });
    try {
      const [key = ''] = await site.put(aPut(1));
      for (const path of [`/repository/records/${key}`, `/records/${key}`]) {
        expect((await site.get(path)).status, path).to.equal(200);
      }
      for (const path of ['/repository', '/repository/', '/']) {
        const page = await site.page(path);
        expect(page).to.contain('href="/repository/search"').and.contain('action="/repository/search"');
        expect(page).not.to.match(/(?:href|action)="\/(?!repository)/);
      }
    } finally {
      await site.close();
    }
  });

  it('takes the client’s address from the proxy only where one is said to be there', async () => {
    const person = { accept: BROWSER, 'user-agent': 'Mozilla/5.0 Firefox/140.0' };
    for (const [trustProxy, views] of [
      [true, 2],
      [false, 1],
    ] as const) {
      const site = await aSite({ site: { trustProxy } });
      try {
        const [key = ''] = await site.put(aPut(1));
        // The first address is the client's word; the last is the proxy's.
        for (const forwarded of ['192.0.2.9, 192.0.2.1', '192.0.2.9, 192.0.2.2', '192.0.2.8, 192.0.2.2']) {
          await site.get(`/records/${key}`, { ...person, 'x-forwarded-for': forwarded });
          await site.counted();
        }
        expect((await site.usage.counts(key)).totalInvestigations).to.equal(views);
      } finally {
        await site.close();
      }
    }
  });
});
