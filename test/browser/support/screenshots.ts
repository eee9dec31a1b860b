import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';

const folder = new URL('../../../docs/screenshots/', import.meta.url);
const current = new URL('current.json', folder);
const MOST_HIGH = 1_200;

/** Of each picture, what tells whether the page still looks like it. */
export type Marks = Record<string, string>;

export async function storedMarks(): Promise<Marks> {
  const text = await readFile(current, 'utf8').catch(() => '{}');
  return JSON.parse(text) as Marks;
}

export async function storeMarks(marks: Marks): Promise<void> {
  await writeFile(current, `${JSON.stringify(marks, null, 2)}\n`);
}

/** Takes the picture that docs/ shows of a page. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { width } = page.viewportSize() ?? { width: 1_000 };
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.screenshot({
    path: new URL(`${name}.png`, folder).pathname,
    clip: { x: 0, y: 0, width, height: Math.min(height, MOST_HIGH) },
    fullPage: true,
  });
}

/**
 * What a page looks like, without what it tells: its style, its tabs, headings, fields, buttons and columns. Data and times
 * differ from run to run, and pixels from browser to browser; this differs where the page was changed.
 */
export async function markOf(page: Page): Promise<string> {
  const outline = await page.evaluate<string[]>(`[
    ...document.querySelectorAll('h1, legend, label, button, th[scope=col], header a, nav a'),
  ].map((element) => element.localName + ' ' + element.textContent.replace(/\\s+/g, ' ').trim())`);
  const sheets = await page.evaluate<string[]>(
    "[...document.querySelectorAll('link[rel=stylesheet]')].map(({ href }) => href)",
  );
  const hash = createHash('sha256');
  for (const sheet of sheets) hash.update(await (await page.request.get(sheet)).body());
  const seen = [...new Set(outline)].map((line) => line.replaceAll(/\d+/g, '#')).toSorted();
  return hash.update(seen.join('\n')).digest('hex').slice(0, 16);
}
