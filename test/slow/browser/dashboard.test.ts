import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { aPut } from '../../support/builders.ts';
import { aPayload } from '../../support/notify-payloads.ts';
import { aSite, type TestSite } from '../../http/support/a-site.ts';
import { faultsOf, openBrowser } from '../../browser/support/browser.ts';

const PASSWORD = 'correct horse battery';

describe('the dashboard in a browser', () => {
  let browser: Browser | undefined;
  let site: TestSite;
  let notification: string;
  let record: string;
  before(async function () {
    browser = await openBrowser(this);
    site = await aSite({ base: 'http://localhost:8080' });
    const alike = { titles: [{ value: 'Metadata quality in the institutional repositories of the Andes' }] };
    const [key = '', two = '', three = ''] = await site.put(aPut(1), aPut(2, alike), aPut(3, alike));
    await site.follow(await site.peer('Universidad Andina', 'https://andina.example'), aPut(1, alike));
    record = key;
    await site.parts.statements.say(two, three, 'same');
    const told = await fetch(`${site.url}/inbox`, {
      method: 'POST',
      headers: { 'content-type': 'application/ld+json' },
      body: JSON.stringify(
        aPayload('announce-review', {
          context: { id: `http://localhost:8080/records/${key}` },
          id: 'urn:uuid:1',
          target: { id: 'http://localhost:8080', inbox: 'http://localhost:8080/inbox', type: 'Service' },
          summary: 'A review of some length, by people who have read all of it',
        }),
      ),
    });
    notification = told.headers.get('location')?.split('/').at(-1) ?? '';
  });
  after(async () => {
    await browser?.close();
    await site.close();
  });

  /** Opens a link of an invitation and takes it, as the invited does. */
  async function invited(page: Page, name: string): Promise<void> {
    const { secret } = await site.accounts.invite({
      mail: `${name.toLowerCase()}@example.edu`,
      name,
      role: 'administrator',
    });
    await page.goto(`${site.url}/dashboard/invitation?code=${secret}`);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.waitForURL(/\/dashboard$/);
  }

  // Colours do not hang on the width, nor the width on the colours.
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 320],
  ] as const)
    it(`is accessible to all, ${colorScheme}, ${width} pixels wide, and needs no sideways scrolling`, async () => {
      if (browser === undefined) return;
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: 800 },
        locale: 'en-GB',
      });
      const page = await context.newPage();
      const found: string[] = [];
      const look = async (name: string): Promise<void> => {
        found.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
      };
      await page.goto(`${site.url}/dashboard/login`);
      await look('login');
      await invited(page, `Ana${colorScheme}${width}`);
      for (const path of [
        '',
        '/records',
        '/records?order=title&turned=true',
        `/records/${record}/elsewhere`,
        '/institution',
        '/assessments',
        '/assessments/plan-s',
        '/assessments/plan-s/helpdesk-response',
        '/harvest',
        '/usage',
        '/network',
        '/duplicates',
        '/duplicates/said',
        '/notifications',
        `/notifications/${notification}`,
        '/policy',
        '/people',
        '/audit',
        '/account',
      ]) {
        const answer = await page.goto(`${site.url}/dashboard${path}`);
        expect(answer?.status(), path).to.equal(200);
        await look(`/dashboard${path}`);
      }
      await context.close();
      expect(found).to.deep.equal([]);
    });

  it('lets a librarian state the policy, invite a colleague and log out, with the keyboard alone', async () => {
    if (browser === undefined) return;
    const context = await browser.newContext({ locale: 'en-GB', javaScriptEnabled: false });
    const page = await context.newPage();
    await invited(page, 'Bea');
    await page.getByRole('link', { name: 'Policy' }).first().press('Enter');
    await page.waitForURL(/\/dashboard\/policy/);
    await page.getByLabel('12 months for all subjects').press('Space');
    await page.getByRole('button', { name: 'Publish' }).press('Enter');
    await page.getByText('The policy was published.').waitFor();
    expect(site.parts.policies.own?.policy.elements.embargo?.codes).to.deep.equal(['f5']);

    await page.getByRole('link', { name: 'People' }).press('Enter');
    await page.waitForURL(/\/dashboard\/people$/);
    await page.getByLabel('Name', { exact: true }).fill('Carla');
    await page.getByLabel('Mail address').fill('carla@example.edu');
    await page.getByRole('button', { name: 'Make the link' }).press('Enter');
    const link = new URL((await page.getByRole('status').locator('code').innerText()).trim());
    const other = await (await browser.newContext({ locale: 'pt-BR' })).newPage();
    await other.goto(site.url + link.pathname + link.search);
    await other.getByLabel('Palavra-passe').fill(PASSWORD);
    await other.getByRole('button', { name: 'Começar' }).click();
    await other.waitForURL(/\/dashboard$/);
    await other.context().close();

    await page.getByRole('button', { name: 'Log out' }).press('Enter');
    await page.waitForURL(/\/dashboard\/login/);
    await page.goto(`${site.url}/dashboard/people`);
    expect(page.url()).to.match(/\/dashboard\/login\?next=/);
    await context.close();
  });
});
