import { access, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SampleError } from './errors.ts';

const DESCRIPTION = 'repository.json';

/** The names of the bundled sample repositories, in order. */
export async function sampleNames(): Promise<string[]> {
  const samples = join(await packageRoot(), 'samples');
  const entries = await readdir(samples, { withFileTypes: true });
  const names: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory() && (await exists(join(samples, entry.name, DESCRIPTION)))) names.push(entry.name);
  }
  return names.sort();
}

/**
 * The directory of a bundled sample repository.
 * @throws SampleError `SAMPLE_MISSING` with the names that there are
 */
export async function sampleDirectory(name: string): Promise<string> {
  const names = await sampleNames();
  if (names.includes(name)) return join(await packageRoot(), 'samples', name);
  throw new SampleError('SAMPLE_MISSING', `There is no sample repository "${name}".`, {
    remedy: `Choose one of: ${names.join(', ')}.`,
  });
}

/** Where package.json lies: the same from the sources and from dist/. */
async function packageRoot(): Promise<string> {
  for (let directory = import.meta.dirname; ; directory = dirname(directory)) {
    if (await exists(join(directory, 'package.json'))) return directory;
    if (directory === dirname(directory)) {
      throw new SampleError('SAMPLE_MISSING', 'The package that this program belongs to cannot be found.', {
        remedy: 'Install NGR Node again.',
      });
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
