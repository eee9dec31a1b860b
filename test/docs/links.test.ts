import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { pagePaths } from './support/written-commands.ts';

const root = new URL('../../', import.meta.url);
const FENCE = /^```[\s\S]*?^```$/gm;
const paths = [...(await pagePaths()), 'CHANGELOG.md', 'test/fixtures/README.md'];
const texts = new Map(
  await Promise.all(
    paths.map(async (path) => {
      const text = await readFile(new URL(path, root), 'utf8');
      return [new URL(path, root).href, text.replaceAll(FENCE, '')] as const;
    }),
  ),
);

/** The names by which GitHub links to the headings of a page; the second of a name gets a number. */
function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>();
  return new Set(
    [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => {
      const words = heading.toLowerCase().replaceAll(/\]\([^)]*\)|[^\p{L}\p{N}\- _]/gu, '');
      const name = words.replaceAll(' ', '-');
      const before = seen.get(name) ?? 0;
      seen.set(name, before + 1);
      return before === 0 ? name : `${name}-${before}`;
    }),
  );
}

describe('the pages', () => {
  it('link to pages, headings and pictures that there are', () => {
    const dead: string[] = [];
    let links = 0;
    for (const [page, text] of texts)
      for (const [, to = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(to)) continue;
        links += 1;
        const url = new URL(to, page);
        const anchor = decodeURIComponent(url.hash.slice(1));
        url.hash = '';
        const other = texts.get(url.href);
        if (!existsSync(url)) dead.push(`${page}: ${to}`);
        else if (anchor !== '' && other !== undefined && !anchorsOf(other).has(anchor))
          dead.push(`${page}: ${to}`);
      }
    expect(dead).to.deep.equal([]);
    expect(links).to.be.greaterThan(150);
  });

  it('name files of this repository that there are', () => {
    const missing: string[] = [];
    for (const [page, text] of texts) {
      const written = [
        ...text.matchAll(/`((?:node|protocols|vocab|test|scripts|docs|deploy|samples)\/[\w./-]+)`/g),
        ...text.matchAll(/(?<![\w./`-])(docs\/[\w./-]*\w)/g),
      ];
      for (const [, path = ''] of written)
        // Decisions go by their numbers, tests and parts of a template by their first words.
        if (!/NAME/.test(path) && !isThere(path)) missing.push(`${page}: ${path}`);
    }
    expect(missing).to.deep.equal([]);
  });

  it('are all reached from the README', () => {
    const reached = new Set<string>();
    const visit = (page: string): void => {
      if (reached.has(page)) return;
      reached.add(page);
      for (const [, to = ''] of (texts.get(page) ?? '').matchAll(/(?:\]\(|(?<![\w./`-]))([\w./-]+\.md)/g))
        for (const base of [page, root.href]) {
          const { href } = new URL(to, base);
          if (texts.has(href)) visit(href);
        }
    };
    visit(new URL('README.md', root).href);
    const alone = [...texts.keys()].filter((page) => !reached.has(page) && !/decisions|fixtures/.test(page));
    expect(alone).to.deep.equal([]);
  });
});

function isThere(path: string): boolean {
  const whole = path.replace(/\/$/, '');
  const named = [whole, `${whole}.md`, `${whole}.ts`, `${whole}.test.ts`];
  return named.some((name) => existsSync(new URL(name, root))) || /^docs\/decisions\/\d{4}$/.test(whole);
}
