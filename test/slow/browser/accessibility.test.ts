import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { aFullSite, type FullSite } from '../../browser/support/a-full-site.ts';
import { until } from '../../support/until.ts';
import { faultsOf, openBrowser, pixelsTooWide } from '../../browser/support/browser.ts';

describe('the pages in a browser', () => {
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

  // Colours do not hang on the width, nor the width on the colours.
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 320],
  ] as const)
    it(`are accessible to all, ${colorScheme}, ${width} pixels wide, and need no sideways scrolling`, async () => {
      if (browser === undefined || site === undefined) return;
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: 800 },
        locale: 'en-GB',
      });
      const page = await context.newPage();
      const found: string[] = [];
      for (const [name, path] of Object.entries(site.pages)) {
        await page.goto(site.url + path);
        found.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
      }
      await context.close();
      expect(found).to.deep.equal([]);
    });

  it('can be used with the keyboard alone: skip link, search, a result', async () => {
    if (browser === undefined || site === undefined) return;
    const page = await browser.newPage({ locale: 'en-GB' });
    await page.goto(site.url);
    await page.keyboard.press('Tab');
    const skip = page.locator('a.skip');
    expect(await page.evaluate('document.activeElement.className')).to.equal('skip');
    const box = await skip.boundingBox();
    expect(box?.y ?? -1, 'the skip link is seen when it has the focus').to.be.at.least(0);
    await page.keyboard.press('Enter');
    const focused = (): Promise<string> => page.evaluate<string>('document.activeElement.id');
    await until('the content has the focus', async () => (await focused()) === 'content');
    // The first thing in the content is the search.
    await page.keyboard.press('Tab');
    await page.keyboard.type('metadata');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search\?q=metadata/);
    expect(await page.title()).to.equal('Results for “metadata” · University of Wyreford');
    await page.locator('.record h3 a').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/records\//);
    expect(await page.locator('h1').innerText()).to.contain('metadata');
    await page.close();
  });

  it('show where the focus is', async () => {
    if (browser === undefined || site === undefined) return;
    const page = await browser.newPage();
    await page.goto(site.url);
    for (let tabs = 0; tabs < 12; tabs++) {
      await page.keyboard.press('Tab');
      const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
      expect(outline, `after ${tabs + 1} tabs`).to.equal('solid');
    }
    await page.close();
  });

  it('grow with the reader’s text size', async () => {
    if (browser === undefined || site === undefined) return;
    // 200 per cent on a window of 1280 pixels leaves half as many (WCAG 2.2, 1.4.4).
    const page = await browser.newPage({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
    for (const path of Object.values(site.pages)) {
      await page.goto(site.url + path);
      expect(await pixelsTooWide(page), path).to.be.at.most(0);
    }
    await page.close();
  });
});
