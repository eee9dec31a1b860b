import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lineageFromJson, lineageToJson, stepsTo, type Lineage } from '../../protocols/heads/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import { writeDurably } from '../durable-file.ts';
import { IdentityError } from './errors.ts';

const NAME = 'identity-history.json';

/** Which ids the node had before this one, as `ngr rotate-key` has noted it beside the key. Mostly none. */
export async function readLineage(directory: string, node: NodeId): Promise<Lineage> {
  const all = await readAll(directory);
  // A change of keys that was broken off has left a step to an id that never was.
  const steps = new Set<unknown>(stepsTo(all, node).values());
  return {
    successions: all.successions.filter((step) => steps.has(step)),
    replaces: all.replaces.filter((step) => steps.has(step)),
  };
}

/** Writes the lineage beside the key; it is on disk when this resolves. */
export async function writeLineage(directory: string, lineage: Lineage): Promise<void> {
  await writeDurably(join(directory, NAME), `${JSON.stringify(lineageToJson(lineage), undefined, 2)}\n`);
}

async function readAll(directory: string): Promise<Lineage> {
  const file = join(directory, NAME);
  try {
    return lineageFromJson(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { successions: [], replaces: [] };
    throw new IdentityError(
      'IDENTITY_HISTORY_UNREADABLE',
      `What is known of the node's former keys, in ${file}, cannot be read: ${(cause as Error).message}.`,
      { remedy: 'Put back your copy of the file; it belongs to the key beside it.', cause },
    );
  }
}
