import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { aFullSite, type FullSite } from './support/a-full-site.ts';
import { openBrowser } from './support/browser.ts';

describe('the results of a search in a browser without scripts', () => {
  let browser: Browser | undefined;
  let site: FullSite | undefined;
  before(async function () {
    browser = await openBrowser(this);
    site = await aFullSite();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  async function opened(width: number, path: string): Promise<Page | undefined> {
    if (browser === undefined || site === undefined) return undefined;
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width, height: 800 },
      locale: 'en-GB',
    });
    const page = await context.newPage();
    await page.goto(site.url + path);
    return page;
  }

  for (const width of [360, 1200]) {
    it(`can be narrowed and widened again by links, ${width} pixels wide`, async () => {
      const page = await opened(width, '/search?q=repositories');
      if (page === undefined) return;
      const way = page.getByRole('link', { name: 'Narrow the results' });
      expect(await way.isVisible(), 'the way down to the facets').to.equal(width === 360);
      const results = await page.locator('.records').boundingBox();
      const facets = await page.locator('#narrow').boundingBox();
      const isBeside = (facets?.x ?? 0) >= (results?.x ?? 0) + (results?.width ?? 0);
      expect(isBeside, 'the facets stand beside the results').to.equal(width === 1200);
      await page.locator('#narrow').getByRole('link', { name: 'Open access' }).click();
      await page.waitForURL(/access=open/);
      expect(await page.locator('.record').count()).to.equal(3);
      await page.locator('.chosen').getByRole('link', { name: 'Access: Open access' }).click();
      await page.waitForURL((url) => !url.searchParams.has('access'));
      expect(await page.locator('.record').count()).to.be.above(3);
      await page.context().close();
    });
  }

  it('open a closed facet, and narrow by it, with the keyboard alone', async () => {
    const page = await opened(360, '/search?q=repositories+repositorios');
    if (page === undefined) return;
    await page.locator('#narrow summary', { hasText: 'Language' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/language=(?:en|es)/);
    expect(await page.locator('.chosen').innerText()).to.contain('Language:');
    await page.context().close();
  });

  it('take a span of years', async () => {
    const page = await opened(360, '/search?q=repositories&from=2000');
    if (page === undefined) return;
    await page.getByLabel('From').fill('2010');
    await page.getByLabel('to', { exact: true }).fill('2020');
    await page.locator('.years').getByRole('button').click();
    await page.waitForURL(/from=2010&to=2020/);
    expect(await page.locator('.chosen').innerText()).to.contain('Year: 2010–2020');
    await page.context().close();
  });
});
