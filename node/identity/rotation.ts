import { open, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { MAX_SUCCESSIONS, signSuccession, stepsTo } from '../../protocols/heads/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import { IdentityError } from './errors.ts';
import { Identity } from './identity.ts';
import { readLineage, writeLineage } from './lineage.ts';

export interface Rotation {
  from: NodeId;
  to: NodeId;
  /** Where the former key is kept; none where there was no file. */
  kept?: string;
}

/**
 * Gives the node another key: the former one signs that the new one takes its place, and the other way round. The new key
 * stands when all else is on disk, so what is broken off leaves the node as it was. The node must not run.
 *
 * @param options.records whose key the records are signed with
 * @param options.isLost the former key is gone, or in other hands: it signs nothing, and the domain alone has to say who
 *   has come in its place
 * @throws IdentityError `IDENTITY_LOST` · `IDENTITY_NOT_OF_RECORDS` · `IDENTITY_TOO_MANY_KEYS`
 */
export async function rotateKey(options: {
  directory: string;
  records: NodeId;
  base: string;
  isLost: boolean;
  /** Milliseconds since 1970. */
  now: number;
}): Promise<Rotation> {
  const { directory, records, base, isLost, now } = options;
  const file = join(directory, 'identity.pem');
  const next = Identity.generate();
  const isThere = await readFile(file).then(
    () => true,
    () => false,
  );
  let from = records;
  if (isLost) {
    const lineage = await readLineage(directory, records);
    const replaces = [...lineage.replaces, { node: records, by: next.node, time: now }];
    refuseTooMany(replaces.length);
    await writeLineage(directory, { ...lineage, replaces });
  } else {
    if (!isThere) throw lost(file);
    const former = await Identity.load(file);
    const lineage = await readLineage(directory, former.node);
    if (former.node !== records && !stepsTo(lineage, former.node).has(records))
      throw new IdentityError(
        'IDENTITY_NOT_OF_RECORDS',
        `The key in ${file} is not the one with which the records here were signed.`,
        { remedy: 'Put back your copy of the key. If there is none, run "ngr rotate-key --lost".' },
      );
    from = former.node;
    const succession = signSuccession({ base, time: now }, { from: former, to: next });
    const successions = [...lineage.successions, succession];
    refuseTooMany(successions.length);
    await writeLineage(directory, { ...lineage, successions });
  }
  const kept = isThere ? await keep(file, directory, now) : undefined;
  await next.save(file);
  return { from, to: next.node, ...(kept !== undefined && { kept }) };
}

/** A copy of the former key, readable by its owner only, and on the disk before the next one takes its place. */
async function keep(file: string, directory: string, now: number): Promise<string> {
  const former = await readFile(file);
  const day = new Date(now).toISOString().slice(0, 10);
  for (let i = 1; ; i += 1) {
    const copy = join(directory, `identity-${day}${i === 1 ? '' : `-${i}`}.pem`);
    try {
      const handle = await open(copy, 'wx', 0o600);
      try {
        await handle.writeFile(former);
        await handle.sync();
      } finally {
        await handle.close();
      }
      return basename(copy);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function refuseTooMany(steps: number): void {
  if (steps <= MAX_SUCCESSIONS) return;
  throw new IdentityError(
    'IDENTITY_TOO_MANY_KEYS',
    `The node has had ${MAX_SUCCESSIONS} keys before; others follow no longer.`,
    { remedy: 'Start anew with an empty data directory.' },
  );
}

function lost(file: string): IdentityError {
  return new IdentityError('IDENTITY_LOST', `There is no key in ${file} that could name the next one.`, {
    remedy: 'Put back your copy of the key. If there is none, run "ngr rotate-key --lost".',
  });
}
