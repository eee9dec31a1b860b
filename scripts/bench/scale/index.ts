import type { Printer } from '../figures.ts';
import { recordsAre } from '../records.ts';
import { queries } from '../search/index.ts';
import { growth, type Life } from './growth.ts';
import { lifeOf } from './life.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const SMALL_SIZES = SIZES.map((size) => size / 10);
/** Of all that is done with one record; by a machine with two cores. */
const SECONDS_A_RECORD = 0.0035;

/** How one node grows with its records: time, memory and disk at each number of them, beside the number before. */
export async function scale(
  printer: Printer,
  { small, sizes = small ? SMALL_SIZES : SIZES }: { small: boolean; sizes?: readonly number[] },
): Promise<void> {
  const records = sizes.reduce((sum, size) => sum + size, 0);
  const minutes = Math.ceil((records * SECONDS_A_RECORD) / 60);
  process.stderr.write(`bench: scale takes about ${minutes} minutes\n`);
  printer.heading(`varied records from ${recordsAre}, harvested by OAI-PMH`);
  const asked = await queries();
  let before: Life | undefined;
  for (const size of [...sizes].sort((a, b) => a - b)) {
    const progress = (text: string): void => {
      process.stderr.write(`bench: scale, ${size.toLocaleString('en')}: ${text}\n`);
    };
    const life = await lifeOf(size, { queries: asked, progress });
    // At once: the next one may take an hour, and may not come to its end.
    for (const one of growth(life, before)) printer.print(one);
    before = life;
  }
}
