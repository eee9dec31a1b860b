import { expect } from 'chai';
import type { Browser, BrowserContextOptions, ConsoleMessage, Page } from 'playwright-core';
import { aPut } from '../support/builders.ts';
import { aSite, type TestSite } from '../http/support/a-site.ts';
import { aHostPage, type HostPage } from './support/a-host-page.ts';
import { openBrowser, pixelsTooWide, violationsOf } from './support/browser.ts';

const NASTY = '<img src=x onerror="globalThis.hacked = 1">';
const LIST = 'ngr-related';

/** A page of a repository, with what its software says of the item. */
interface Item {
  lang?: string;
  head?: string;
  body: string;
  policy?: string;
}

describe('the widget on the page of another site', () => {
  let browser: Browser | undefined;
  let site: TestSite | undefined;
  let host: HostPage | undefined;
  let keys: string[] = [];
  /** What the host shows next. */
  let item: Item = { body: '' };

  before(async function () {
    browser = await openBrowser(this);
    site = await aSite();
    keys = await site.put(
      ...['policies', 'metadata', `usage ${NASTY}`].map((topic, n) =>
        aPut(n, {
          titles: [{ value: `Open access repositories and their ${topic}`, language: 'en' }],
          creators: [{ name: 'Knoth, Petr', family: 'Knoth', given: 'Petr', kind: 'person' }],
          published: '2016-05',
          identifiers: [
            { scheme: 'doi', value: `10.1000/${n}` },
            { scheme: 'url', value: `https://repository.example/items/${n}` },
          ],
          access: { right: 'open' },
        }),
      ),
    );
    host = await aHostPage(() => {
      const { lang = 'en', head = '', body, policy } = item;
      const html = `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>An item</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">${head}</head>
        <body><main><h1>An item</h1>${body}</main></body></html>`;
      return { html, ...(policy !== undefined && { policy }) };
    });
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    await host?.close();
  });

  interface Visit {
    page: Page;
    told: ConsoleMessage[];
    errors: Error[];
  }

  /** Visits the host's page, and leaves it after. */
  async function visit(
    shown: Item,
    look: (visit: Visit) => Promise<void>,
    options: BrowserContextOptions = {},
  ): Promise<void> {
    if (browser === undefined || host === undefined) return;
    item = shown;
    const context = await browser.newContext({ locale: 'en-GB', ...options });
    try {
      const page = await context.newPage();
      const [told, errors]: [ConsoleMessage[], Error[]] = [[], []];
      page.on('console', (message) => told.push(message));
      page.on('pageerror', (error) => errors.push(error));
      await page.goto(`${host.url}/items/1?session=secret#part`);
      await look({ page, told, errors });
    } finally {
      await context.close();
    }
  }

  const script = (attributes = ''): string =>
    `<script src="${site?.url}/widget.js" ${attributes} async></script>`;
  const byDoi: Item = { body: '', head: '<meta name="citation_doi" content="10.1000/0">' };

  /** As a page does that is built by scripts. */
  async function addWidget(page: Page): Promise<void> {
    await page.evaluate(`document.querySelector('main').append(document.createElement('${LIST}'))`);
    await page.addScriptTag({ url: `${site?.url}/widget.js` });
  }

  it('lists what is related to the item that the page’s own metadata name', async () => {
    await visit({ ...byDoi, body: script() }, async ({ page, errors, told }) => {
      const region = page.getByRole('region', { name: 'Related items' });
      await region.waitFor();
      expect(await region.getByRole('heading', { level: 2, name: 'Related items' }).count()).to.equal(1);
      expect(await region.getByRole('list').getByRole('listitem').count()).to.equal(2);
      const link = region.getByRole('link', { name: 'Open access repositories and their metadata' });
      expect(await link.getAttribute('href')).to.equal(`https://node.example/records/${keys[1]}`);
      expect(await link.getAttribute('lang')).to.equal('en');
      const text = await region.innerText();
      expect(text).to.contain('Petr Knoth · 2016 · Open access');
      expect(text).to.match(/Why: words in common: \w+/);
      expect(text).to.contain('Suggested by University of Wyreford');
      expect(text, 'markup of a title is text').to.contain(NASTY);
      expect(await page.evaluate(`'hacked' in globalThis`)).to.equal(false);
      expect(errors).to.deep.equal([]);
      expect(told.map((message) => message.text())).to.deep.equal([]);
      expect(await violationsOf(page)).to.deep.equal([]);
    });
  });

  for (const [by, shown] of Object.entries<() => Item>({
    'an OAI identifier': () => ({ body: script('data-item="oai:repository.example:0"') }),
    'a DOI': () => ({ body: script('data-item="https://doi.org/10.1000/0"') }),
    'its address': () => ({ body: script('data-item="https://repository.example/items/0"') }),
    'DC.identifier': () => ({
      head: '<meta name="DC.identifier" content="https://doi.org/10.1000/0" scheme="DCTERMS.URI">',
      body: script(),
    }),
    'its canonical link': () => ({
      head: '<link rel="canonical" href="https://repository.example/items/0">',
      body: script(),
    }),
    'an element of the page’s own, with the script in the head': () => ({
      head: script(),
      body: '<ngr-related item="10.1000/0"></ngr-related>',
    }),
    'a script in the head that says where to': () => ({
      head: script('data-item="10.1000/0" data-target="#here"'),
      body: '<div id="here"></div>',
    }),
  }))
    it(`finds the item by ${by}`, async () => {
      await visit(shown(), async ({ page }) => {
        await page.getByRole('region', { name: 'Related items' }).waitFor();
        expect(await page.locator(LIST).count()).to.equal(1);
        expect(await page.locator(`${LIST} li`).count()).to.equal(2);
      });
    });

  it('tells the node the page’s address without what stands behind it, and nothing of the reader', async () => {
    await visit({ body: '' }, async ({ page }) => {
      await page.context().addCookies([{ name: 'a', value: 'b', url: `${site?.url}/` }]);
      const asking = page.waitForRequest(/widget\/related/);
      await addWidget(page);
      const request = await asking;
      const headers = await request.allHeaders();
      const asked = new URL(request.url());
      expect(asked.searchParams.getAll('item')).to.deep.equal([`${host?.url}/items/1`]);
      expect(headers).not.to.have.any.keys('referer', 'cookie');
      expect(request.method()).to.equal('GET');
    });
  });

  it('works under a strict policy that names the node, and breaks nothing of it', async () => {
    const policy = [
      "default-src 'none'",
      `script-src ${site?.url}`,
      `connect-src ${site?.url}`,
      "style-src 'self'",
      "require-trusted-types-for 'script'",
      "base-uri 'none'",
    ].join('; ');
    await visit({ ...byDoi, body: script(), policy }, async ({ page, told, errors }) => {
      await page.getByRole('region', { name: 'Related items' }).waitFor();
      const list = `document.querySelector('${LIST}').shadowRoot.querySelector('ul')`;
      const style = await page.evaluate(`getComputedStyle(${list}).display`);
      expect(style, 'its style holds').to.equal('grid');
      await page.getByRole('button').first().click();
      await page.getByRole('status').filter({ hasText: 'Thank you' }).waitFor();
      expect(errors).to.deep.equal([]);
      expect(told.map((message) => message.text())).to.deep.equal([]);
    });
  });

  it('takes “not relevant” by the keyboard, says so, and goes on at the next item', async () => {
    await visit({ ...byDoi, body: script() }, async ({ page }) => {
      const region = page.getByRole('region', { name: 'Related items' });
      await region.waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      const focused = `document.querySelector('${LIST}').shadowRoot.activeElement`;
      const label = await page.evaluate<string>(`${focused}.getAttribute('aria-label')`);
      expect(label).to.match(/^Not relevant: Open access repositories/);
      expect(await page.evaluate(`getComputedStyle(${focused}).outlineStyle`)).to.equal('solid');
      const answered = page.waitForResponse(/related\/feedback$/);
      await page.keyboard.press('Enter');
      expect((await answered).status()).to.equal(204);
      await region.getByRole('status').filter({ hasText: 'Thank you' }).waitFor();
      expect(await region.getByRole('listitem').count()).to.equal(1);
      expect(await page.evaluate(`${focused}.getAttribute('aria-label')`)).not.to.equal(label);
      await page.keyboard.press('Space');
      await region.getByRole('listitem').waitFor({ state: 'detached' });
      expect(await page.evaluate(`${focused}.getAttribute('role')`), 'nothing is left').to.equal('status');
    });
  });

  it('says where a vote could not be sent, and leaves the item', async () => {
    await visit({ ...byDoi, body: script() }, async ({ page }) => {
      await page.route(/related\/feedback$/, (route) => route.fulfill({ status: 429 }));
      const region = page.getByRole('region', { name: 'Related items' });
      await region.getByRole('button').first().click();
      await region.getByRole('status').filter({ hasText: 'could not be sent' }).waitFor();
      expect(await region.getByRole('listitem').count()).to.equal(2);
    });
  });

  for (const [colorScheme, width] of [
    ['light', 360],
    ['dark', 320],
  ] as const)
    it(`fits a page that is ${width} pixels wide`, async () => {
      const shown = { ...byDoi, body: script() };
      await visit(
        shown,
        async ({ page }) => {
          await page.getByRole('region', { name: 'Related items' }).waitFor();
          expect(await pixelsTooWide(page)).to.be.at.most(0);
          for (const button of await page.getByRole('button').all())
            expect((await button.boundingBox())?.height).to.be.at.least(24);
        },
        { viewport: { width, height: 700 }, colorScheme },
      );
    });

  for (const [lang, heading] of [
    ['es-MX', 'Documentos relacionados'],
    ['pt_BR', 'Itens relacionados'],
    ['fr', 'Documents apparentés'],
    ['en', 'Related items'],
  ] as const)
    it(`speaks the language of the page, ${lang}`, async () => {
      await visit({ ...byDoi, lang, body: script() }, async ({ page }) => {
        const region = page.getByRole('region', { name: heading });
        await region.waitFor();
        expect(await region.getAttribute('lang')).to.equal(lang.slice(0, 2));
      });
    });

  it('speaks the language that it is told, before that of the page; else one that the browser prefers', async () => {
    const told = { ...byDoi, lang: 'fr', body: script('data-lang="es"') };
    await visit(told, async ({ page }) =>
      page.getByRole('region', { name: 'Documentos relacionados' }).waitFor(),
    );
    const neither = { ...byDoi, lang: 'de', body: script() };
    await visit(
      neither,
      async ({ page }) => page.getByRole('region', { name: 'Itens relacionados' }).waitFor(),
      {
        locale: 'pt-PT',
      },
    );
  });

  it('follows a page that changes its item without being loaded anew', async () => {
    await visit(
      { head: script(), body: '<ngr-related item="10.1000/0"></ngr-related>' },
      async ({ page }) => {
        const titles = page.locator(`${LIST} li a`);
        await titles.first().waitFor();
        expect((await titles.allInnerTexts()).join()).to.contain('metadata');
        await page.evaluate(`document.querySelector('${LIST}').setAttribute('item', '10.1000/1')`);
        await page.locator(`${LIST} li`, { hasText: 'policies' }).waitFor();
        expect((await titles.allInnerTexts()).join()).not.to.contain('metadata');
      },
    );
  });

  it('shows nothing where nothing is known, and says so in one line', async () => {
    await visit({ body: '' }, async ({ page, told, errors }) => {
      const line = page.waitForEvent('console');
      await addWidget(page);
      expect((await line).text()).to.equal(
        'ngr-related: the node knows nothing that is related to this page',
      );
      expect(await page.locator('main').innerText()).to.equal('An item');
      for (const found of await page.locator(LIST).all()) expect(await found.isVisible()).to.equal(false);
      expect(errors).to.deep.equal([]);
      expect(told.every((message) => message.type() === 'info')).to.equal(true);
    });
  });

  it('shows nothing where the node is away, and says so in one line', async () => {
    await visit({ body: '' }, async ({ page, told, errors }) => {
      await page.route(/widget\/related/, (route) => route.abort('connectionrefused'));
      const line = page.waitForEvent('console', (message) => message.text().startsWith(LIST));
      await addWidget(page);
      expect((await line).text()).to.match(/^ngr-related: the node did not answer \(/);
      expect(await page.locator('main').innerText()).to.equal('An item');
      expect(errors).to.deep.equal([]);
      expect(told.filter((message) => message.text().startsWith(LIST))).to.have.length(1);
    });
  });

  it('breaks nothing where the script itself cannot be had', async () => {
    const gone = { body: '<script src="http://127.0.0.1:9/widget.js" async></script><p>The abstract.</p>' };
    await visit(gone, async ({ page, errors }) => {
      expect(await page.locator('main').innerText()).to.contain('The abstract.');
      expect(errors).to.deep.equal([]);
    });
  });
});
