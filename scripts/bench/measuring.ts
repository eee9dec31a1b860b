import { readFile, rename, writeFile } from 'node:fs/promises';
import { printerTo, type Printer } from './figures.ts';
import type { GroupOptions } from './group-options.ts';
import type { Group } from './groups.ts';
import { benchmarksPage } from './page/benchmarks-page.ts';
import { circumstances } from './page/circumstances.ts';
import { groupPart } from './page/group-part.ts';
import { resultsPrinter } from './page/results.ts';

const MS_A_MINUTE = 60_000;

export interface Measuring {
  groups: Readonly<Record<string, Group>>;
  name: string;
  options: GroupOptions;
  /** Where the figures are shown as they come. */
  shown: Printer;
  /** The page in which the group's part is written; undefined where nothing is. */
  page: string | undefined;
}

/** Measures one group, and writes its part of the page, also where it breaks off. @returns whether it came to its end */
export async function measureGroup({ groups, name, options, shown, page }: Measuring): Promise<boolean> {
  const group = groups[name];
  if (group === undefined) throw new Error(`there is no group ${name}`);
  const { printer, results } = resultsPrinter();
  const both = printerTo([shown, printer]);
  both.group(name, group.about);
  const on = await circumstances(new Date());
  const begun = performance.now();
  const failure = await failureOf(group.measure(both, options));
  const minutes = (performance.now() - begun) / MS_A_MINUTE;
  if (failure !== undefined)
    process.stderr.write(`bench: ${name} could not be measured: ${failure.stack ?? failure.message}\n`);
  process.stderr.write(`bench: ${name} took ${minutes.toFixed(1)} min\n`);
  const isWhole = failure === undefined;
  if (page !== undefined) {
    const part = groupPart({ results, circumstances: on, minutes, isWhole });
    const before = await readFile(page, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return '';
    });
    // A page that is there is there in whole, whatever happens meanwhile.
    await writeFile(`${page}.part`, benchmarksPage(groups, before, new Map([[name, part]])));
    await rename(`${page}.part`, page);
  }
  return isWhole;
}

/** Why it broke off, also where that was thrown beside the measuring, in a callback; undefined where it came to its end. */
async function failureOf(measuring: Promise<void>): Promise<Error | undefined> {
  let fail: (error: unknown) => void = () => undefined;
  const thrown = new Promise<never>((_, reject) => (fail = reject));
  process.once('uncaughtException', fail);
  try {
    await Promise.race([measuring, thrown]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    process.off('uncaughtException', fail);
  }
}
