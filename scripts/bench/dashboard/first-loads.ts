import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { figure, type Printer } from '../figures.ts';
import { pages } from './manager.ts';

const EXECUTABLE = '/usr/bin/chromium';
const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
const BYTES_A_KB = 1_000;

interface FirstLoad {
  /** Of the page and all that it fetches, as they go over the line. */
  bytes: number;
  firstPaintMs: number;
}

/** As much of the browser's own measurements as is read (W3C Performance Timeline, Resource Timing, Paint Timing). */
interface BrowserTimeline {
  getEntriesByType(type: string): { transferSize: number }[];
  getEntriesByName(name: string): { startTime: number }[];
}

/** What each page is in a browser that has nothing of it yet. Left out, and told so, where there is no browser. */
export async function firstLoads(
  printer: Printer,
  { url, cookie }: { url: string; cookie: string },
): Promise<void> {
  if (!existsSync(EXECUTABLE)) {
    printer.leaveOut('first loads in a browser', `there is none at ${EXECUTABLE}`);
    return;
  }
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
  try {
    const loads: (FirstLoad & { page: string })[] = [];
    for (const page of pages) loads.push({ page, ...(await firstLoad(browser, { url, cookie, page })) });
    const heaviest = loads.reduce((most, load) => (load.bytes > most.bytes ? load : most));
    const slowest = loads.reduce((most, load) => (load.firstPaintMs > most.firstPaintMs ? load : most));
    printer.print(
      figure('dashboard', `heaviest first load: ${heaviest.page}`, heaviest.bytes / BYTES_A_KB, 'kB', {
        atMost: 150,
      }),
    );
    printer.print(
      figure('dashboard', `latest first contentful paint: ${slowest.page}`, slowest.firstPaintMs, 'ms', {
        atMost: 1_000,
      }),
    );
  } finally {
    await browser.close();
  }
}

async function firstLoad(
  browser: Browser,
  { url, cookie, page: path }: { url: string; cookie: string; page: string },
): Promise<FirstLoad> {
  const context = await browser.newContext();
  try {
    const [name = '', value = ''] = cookie.split('=', 2);
    await context.addCookies([{ name, value, url }]);
    const page = await context.newPage();
    await page.goto(url + path, { waitUntil: 'networkidle' });
    return await page.evaluate(() => {
      const timeline = performance as unknown as BrowserTimeline;
      const fetched = [...timeline.getEntriesByType('navigation'), ...timeline.getEntriesByType('resource')];
      return {
        bytes: fetched.reduce((sum, { transferSize }) => sum + transferSize, 0),
        firstPaintMs: timeline.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      };
    });
  } finally {
    await context.close();
  }
}
