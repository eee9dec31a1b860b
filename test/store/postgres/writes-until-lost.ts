import { openStore, writeBatch } from '../../../node/store/index.ts';
import { leaseTimes } from './lease-times.ts';

/*
 * Writes batches to the store at a URL, and says of each that it is written, till another process has the lease. Run as a
 * process of its own by lease.test.ts.
 */

const [url = ''] = process.argv.slice(2);
const store = await openStore(url, { leaseTimes, onLost: () => say('told') });
const section = store.section('written');
try {
  for (let i = 1; ; i++) {
    const key = String(i).padStart(8, '0');
    const value = Buffer.from('by the first');
    await writeBatch(
      section,
      [
        { type: 'put', key, value },
        { type: 'put', key: 'last', value: Buffer.from(key) },
      ],
      { durable: true },
    );
    say(key);
  }
} catch (error) {
  say((error as { code: string }).code);
}

function say(word: string): void {
  process.stdout.write(`${word}\n`);
}
