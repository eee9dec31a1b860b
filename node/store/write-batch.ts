import type { Operation, Section } from './database.ts';

/**
 * Writes all operations or none.
 *
 * A chained batch on the root database hands each operation over as it comes; the array batch of a section clones every
 * one of them twice on its way, which was a third of the time of a commit.
 *
 * @param options.durable on the disk itself, not only with the operating system, before it resolves
 */
export async function writeBatch(
  section: Section,
  operations: readonly Operation[],
  options: { durable: boolean },
): Promise<void> {
  const batch = section.db.batch();
  for (const operation of operations) {
    const key = section.prefix + operation.key;
    if (operation.type === 'put') batch.put(key, operation.value);
    else batch.del(key);
  }
  const write: { sync: boolean } = { sync: options.durable };
  await batch.write(write);
}
