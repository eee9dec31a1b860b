import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { aSite, type TestSite } from '../../http/support/a-site.ts';
import { aPng } from '../../institution/pictures.ts';
import { faultsOf, openBrowser } from '../../browser/support/browser.ts';

const PASSWORD = 'correct horse battery';

describe('the page of the institution in a browser', () => {
  let browser: Browser | undefined;
  let site: TestSite;
  before(async function () {
    browser = await openBrowser(this);
    site = await aSite({ base: 'http://localhost:8080' });
  });
  after(async () => {
    await browser?.close();
    await site.close();
  });

  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 320],
  ] as const)
    it(`is filled in, mended and seen by everybody, ${colorScheme}, ${width} pixels wide`, async () => {
      if (browser === undefined) return;
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: 800 },
        locale: 'en-GB',
      });
      const page = await context.newPage();
      const name = `Ana${width}`;
      const { secret } = await site.accounts.invite({
        mail: `${name}@example.edu`,
        name,
        role: 'administrator',
      });
      await page.goto(`${site.url}/dashboard/invitation?code=${secret}`);
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Begin' }).click();
      await page.waitForURL(/\/dashboard$/);
      await page.getByRole('link', { name: 'Institution', exact: true }).click();
      await page.waitForURL(/\/dashboard\/institution$/);
      const found = await faultsOf(page);
      await page.getByLabel('Name', { exact: true }).fill('University of Wyreford at the Wyre');
      await page.getByLabel('ROR id').fill('013meh723');
      await page.getByLabel('Id in OpenDOAR').first().fill('https://opendoar.ac.uk/repository/165');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('alert').waitFor();
      found.push(...(await faultsOf(page)));
      await page.getByLabel('ROR id').fill('013meh722');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved, and shown on the public pages.').waitFor();
      await page.getByLabel('Picture').setInputFiles({
        name: 'logo.png',
        mimeType: 'image/png',
        buffer: aPng(300, 100),
      });
      await page.getByRole('button', { name: 'Show this logo' }).click();
      await page.getByText('The logo is shown on all pages.').waitFor();
      found.push(...(await faultsOf(page)));
      await page.getByRole('link', { name: 'See it on the public page' }).click();
      await page.getByRole('heading', { level: 1, name: 'University of Wyreford at the Wyre' }).waitFor();
      // With its pictures.
      await page.waitForLoadState();
      const isDrawn = await page.evaluate<boolean>('document.querySelector("img.logo").naturalWidth === 300');
      expect(isDrawn).to.equal(true);
      expect(await page.getByRole('link', { name: 'OpenDOAR' }).getAttribute('href')).to.equal(
        'https://opendoar.ac.uk/repository/165',
      );
      found.push(...(await faultsOf(page)));
      await context.close();
      expect(found).to.deep.equal([]);
    });
});
