import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium';
const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];

/**
 * The browser, or undefined where there is none: then the tests are skipped, except in CI, where they have to run.
 * Call it in a `before`, with mocha's context.
 */
export async function openBrowser(context: Mocha.Context): Promise<Browser | undefined> {
  if (existsSync(EXECUTABLE)) return await chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
  const message = `There is no browser at ${EXECUTABLE}: apt-get install -y chromium.`;
  if (process.env['CI'] === 'true') throw new Error(message);
  console.warn(`      Skipped. ${message}`);
  context.skip();
  return undefined;
}

/** What is wrong with how a page looks and reads: that it is too wide for the window, and what axe finds. */
export async function faultsOf(page: Page): Promise<string[]> {
  const tooWide = await pixelsTooWide(page);
  return [...(tooWide > 0 ? [`${tooWide} pixels too wide`] : []), ...(await violationsOf(page))];
}

/** By how much a page is wider than its window. */
export async function pixelsTooWide(page: Page): Promise<number> {
  // A page whose address is there may have no content yet.
  await page.waitForLoadState();
  return await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
}

/** What axe finds wrong by WCAG 2.2 A and AA and its own best practices: one line a violation, with the elements. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Evaluated by the debugger and not as a script of the page, whose policy would not let it run.
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const inPage = globalThis as unknown as { axe: typeof axe };
    const { violations } = await inPage.axe.run({ rules: { 'target-size': { enabled: true } } });
    return violations.map(
      ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`,
    );
  });
}
