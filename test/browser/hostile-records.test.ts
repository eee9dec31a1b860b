import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { aPut } from '../support/builders.ts';
import { aSite, type TestSite } from '../http/support/a-site.ts';
import { openBrowser } from './support/browser.ts';

const NASTY = [
  '<script>globalThis.hacked = 1</script>',
  '"><img src=x onerror="globalThis.hacked = 2">',
  `' onmouseover='globalThis.hacked = 3`,
  '</title></h1><svg onload="globalThis.hacked = 4">',
  '{{constructor.constructor("hacked = 5")()}}',
];

/** Whether a script of the record has run, and what of it became markup. */
const LOOK = `({
  hacked: 'hacked' in globalThis,
  elements: document.querySelectorAll('script:not([type="application/ld+json"]), img, svg[onload], [onmouseover], [onerror]').length,
  links: [...document.querySelectorAll('a')].filter(({ protocol }) => !/^(?:https?|mailto):$/.test(protocol)).length,
})`;

describe('a record that wants to run a script', () => {
  let browser: Browser | undefined;
  let site: TestSite | undefined;
  let paths: string[] = [];
  before(async function () {
    browser = await openBrowser(this);
    site = await aSite();
    const text = NASTY.join(' ');
    const agent = { name: text, orcid: text, affiliation: text, kind: 'person' } as const;
    const evil = aPut(1, {
      titles: NASTY.map((value) => ({ value, language: '"><script>globalThis.hacked = 6</script>' })),
      creators: [agent],
      contributors: [agent],
      abstracts: [{ value: text, language: text }],
      subjects: [{ value: text }],
      published: text,
      publisher: text,
      languages: [text],
      type: 'javascript:globalThis.hacked=7',
      licence: 'javascript:globalThis.hacked=8',
      identifiers: [
        { scheme: 'url', value: 'javascript:globalThis.hacked=9' },
        { scheme: 'doi', value: `10.1/${text}` },
      ],
      relations: [{ kind: 'references', target: { scheme: 'url', value: text } }],
      funding: [{ funder: text, award: text }],
      source: { title: text, volume: text, citation: text },
      files: [{ url: 'javascript:globalThis.hacked=10', format: text, access: 'open' }],
      provenance: { source: text, format: text, harvestedAt: 0 },
    });
    const [key = ''] = await site.put(evil, aPut(2, { titles: [{ value: `${text} too` }] }));
    const peer = await site.peer(NASTY[1] ?? '', 'https://andina.example');
    const [theirs = ''] = await site.follow(peer, aPut(3, { titles: [{ value: text }] }));
    const [gone = ''] = await site.put(aPut(4, { titles: [{ value: text }] }));
    await site.put({ type: 'withdraw', oaiIdentifier: 'oai:repository.example:4', reason: text });
    const q = encodeURIComponent(text.slice(0, 290));
    paths = [
      '/',
      '/records',
      '/peers',
      '/usage',
      `/search?q=${q}`,
      '/search?q=script',
      `/nothing/${q}`,
    ].concat([key, theirs, gone].map((one) => `/records/${one}`));
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  it('does not, and nothing of it becomes markup', async () => {
    if (browser === undefined || site === undefined) return;
    // Without the policy as well, so that the escaping is seen to hold by itself.
    for (const bypassCSP of [false, true]) {
      const context = await browser.newContext({ bypassCSP });
      const page = await context.newPage();
      for (const path of paths) {
        await page.goto(site.url + path);
        const seen = await page.evaluate(LOOK);
        expect(seen, path.slice(0, 40)).to.deep.equal({ hacked: false, elements: 0, links: 0 });
      }
      await context.close();
    }
  });

  it('is shown as what it says', async () => {
    if (browser === undefined || site === undefined) return;
    const page = await browser.newPage();
    await page.goto(site.url);
    expect(await page.locator('main').innerText()).to.contain(NASTY[0]);
    await page.close();
  });
});
