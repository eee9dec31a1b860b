import { storedBase, storedNode } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config/index.ts';
import { IdentityError, rotateKey, type Rotation } from '../identity/index.ts';
import { openStore } from '../store/index.ts';
import { placeOfData } from './foundation.ts';

/**
 * Gives a node that does not run another key; its records are signed anew with the next start.
 * @throws StoreError `STORE_LOCKED` where it runs; IdentityError as `rotateKey`, and `IDENTITY_UNUSED` without any records
 */
export async function rotateNodeKey(
  config: Config,
  { isLost, clock }: { isLost: boolean; clock: Clock },
): Promise<Rotation> {
  const { directory, place } = await placeOfData(config);
  const store = await openStore(place, { clock });
  try {
    const section = store.section('catalogue');
    const [records, base] = await Promise.all([storedNode(section), storedBase(section)]);
    if (records === undefined || base === undefined) {
      throw new IdentityError(
        'IDENTITY_UNUSED',
        `The node with its data in ${directory} was never started: nothing is signed with its key yet.`,
        {
          remedy:
            'Check --data or --config. To have another key before the first start, take identity.pem away.',
        },
      );
    }
    return await rotateKey({ directory, records, base, isLost, now: clock.now() });
  } finally {
    await store.close();
  }
}
