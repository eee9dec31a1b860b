import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Problem } from '../../../node/harvest/issues/issue.ts';
import { FilesSource } from '../../../node/harvest/sources/files/index.ts';
import type { Selection, SourceItem, SourcePage } from '../../../node/harvest/sources/index.ts';
import { crosswalkOf, type CrosswalkResult, fieldCrosswalkFor } from '../../../vocab/crosswalks/index.ts';
import { TestClock } from '../../support/test-clock.ts';

/** A folder of files, and the source that it is. */
export class TestFolder {
  readonly path: string;
  readonly source: FilesSource;
  readonly clock = new TestClock();

  private constructor(path: string) {
    this.path = path;
    this.source = new FilesSource({ name: 'theses', type: 'files', path }, { clock: this.clock });
  }

  static async of(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<TestFolder> {
    const folder = new TestFolder(await mkdtemp(join(tmpdir(), 'ngr-files-')));
    for (const [name, content] of Object.entries(files)) await folder.write(name, content);
    return folder;
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    const path = join(this.path, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }

  async pages(selection: Selection = {}): Promise<SourcePage[]> {
    const pages: SourcePage[] = [];
    for await (const page of this.source.pages(selection, neverAborted)) pages.push(page);
    return pages;
  }

  /** All that is in the files. */
  async read(): Promise<{ items: SourceItem[]; problems: Problem[]; lost: number }> {
    const pages = await this.pages();
    return {
      items: pages.flatMap(({ items }) => items),
      problems: pages.flatMap(({ problems }) => problems),
      lost: pages.reduce((sum, { lost }) => sum + lost, 0),
    };
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true });
  }
}

export const neverAborted = new AbortController().signal;

/** What a source of one file with this content gives. */
export async function readFileNamed(
  name: string,
  content: string | Uint8Array,
): Promise<{ items: SourceItem[]; problems: Problem[]; lost: number }> {
  const folder = await TestFolder.of({ [name]: content });
  try {
    return await folder.read();
  } finally {
    await folder.remove();
  }
}

/** What the crosswalk of its format makes of an item. */
export function described({ metadata }: SourceItem): CrosswalkResult {
  if (metadata === undefined) throw new Error('the item is deleted');
  const result =
    'element' in metadata
      ? crosswalkOf(metadata.element, metadata.format)?.read(metadata.element)
      : fieldCrosswalkFor(metadata.format)?.read(metadata.fields);
  if (result === undefined) throw new Error(`no crosswalk reads ${metadata.format}`);
  return result;
}

/** Titles by identifiers; null for what is deleted. */
export function titlesOf(items: readonly SourceItem[]): Record<string, string | null> {
  return Object.fromEntries(
    items.map((item) => [
      item.oaiIdentifier,
      item.metadata === undefined ? null : (described(item).description.titles[0]?.value ?? ''),
    ]),
  );
}

/** `severity code place`, each. */
export function told(problems: readonly Problem[]): string[] {
  return problems.map(
    ({ severity, code, place }) => `${severity} ${code} ${place?.file ?? ''}:${place?.line ?? ''}`,
  );
}
