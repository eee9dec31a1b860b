import { readdir } from 'node:fs/promises';
import { expect } from 'chai';
import type { Browser, BrowserContext } from 'playwright-core';
import { Region } from '../../browser/support/a-region.ts';
import { openBrowser } from '../../browser/support/browser.ts';
import {
  markOf,
  storedMarks,
  storeMarks,
  takePicture,
  type Marks,
} from '../../browser/support/screenshots.ts';
import { Task } from '../../browser/support/task.ts';

const folder = new URL('../../../docs/tasks/', import.meta.url);
const files = (await readdir(folder)).filter((name) => /^\d\d-.*\.md$/.test(name)).toSorted();
const MOST_CLICKS = 5;
/** Set by `npm run screenshots`. */
const isTaking = process.env['NGR_SCREENSHOTS'] === 'take';

/** Every page of the dashboard, by the name of its picture. */
const pages: Readonly<Record<string, string>> = {
  overview: '',
  content: '/records',
  harvests: '/harvest',
  usage: '/usage',
  network: '/network',
  duplicates: '/duplicates',
  notifications: '/notifications',
  assessments: '/assessments',
  institution: '/institution',
  policy: '/policy',
  people: '/people',
  log: '/audit',
  account: '/account',
};

describe('the dashboard of a node in a region', () => {
  let browser: Browser | undefined;
  let region: Region | undefined;
  let session: Awaited<ReturnType<BrowserContext['storageState']>>;
  before(async function () {
    browser = await openBrowser(this);
    if (browser === undefined) return;
    region = await Region.start();
    const context = await browser.newContext({ locale: 'en-GB' });
    await region.logIn(context);
    session = await context.storageState();
    await context.close();
  });
  after(async () => {
    await browser?.close();
    await region?.stop();
  });

  /** The manager's browser, logged in. */
  async function manager(
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<{ context: BrowserContext; url: string }> {
    if (browser === undefined || region === undefined) throw new Error('there is no browser');
    const context = await browser.newContext({
      locale: 'en-GB',
      javaScriptEnabled: false,
      storageState: session,
      ...options,
    });
    context.setDefaultTimeout(60_000);
    return { context, url: `${region.own.url}/dashboard` };
  }

  it('looks as the pictures in docs/screenshots show it', async () => {
    // A browser that runs scripts, for the test itself reads the page by one.
    const { context, url } = await manager({
      javaScriptEnabled: true,
      viewport: { width: 1_000, height: 800 },
    });
    const page = await context.newPage();
    const marks: Marks = {};
    for (const [name, path] of Object.entries(pages)) {
      const answer = await page.goto(url + path);
      expect(answer?.status(), path).to.equal(200);
      marks[name] = await markOf(page);
      if (isTaking) await takePicture(page, name);
    }
    await context.close();
    if (isTaking) await storeMarks(marks);
    expect(await storedMarks(), '`npm run screenshots` takes them anew').to.deep.equal(marks);
  });

  it('has ten tasks written down, at least', () => {
    expect(files.length).to.be.at.least(10);
  });

  // One after another, by somebody with a browser and nothing else.
  for (const file of files) {
    it(`is used as docs/tasks/${file} says, in ${MOST_CLICKS} clicks at the most`, async () => {
      const task = await Task.read(new URL(file, folder));
      expect(task.clicks, task.title).to.be.within(1, MOST_CLICKS);
      const { context, url } = await manager();
      const page = await context.newPage();
      await page.goto(url);
      await task.follow(page);
      await context.close();
    });
  }
});
