import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Catalogue, type OwnChange } from '../../../node/catalogue/index.ts';
import type { Clock } from '../../../node/clock.ts';
import { Identity } from '../../../node/identity/index.ts';
import { openStore } from '../../../node/store/index.ts';

/** Another institution's node, as far as its feed goes. */
export interface TestPeer {
  node: string;
  /** Puts its records, and hands its feed to whoever follows it. @returns the records' keys */
  publish(changes: readonly OwnChange[], follower: Catalogue): Promise<string[]>;
  close(): Promise<void>;
}

export async function aPeer({
  name,
  base,
  clock,
}: {
  name: string;
  base: string;
  clock: Clock;
}): Promise<TestPeer> {
  const directory = await mkdtemp(join(tmpdir(), 'ngr-peer-'));
  const store = await openStore(directory);
  const signer = Identity.generate();
  const section = store.section('catalogue');
  const catalogue = await Catalogue.open({ section, signer, base, name, networks: ['open'], clock });
  return {
    node: signer.node,
    publish: async (changes, follower) => {
      const results = await catalogue.put(changes);
      const after = follower.feeds.state(signer.node)?.seq ?? 0;
      const page = await catalogue.feeds.page(signer.node, after, { entries: 1_000, bytes: 10_000_000 });
      if (page === undefined) throw new Error('the peer cannot serve its own feed');
      await follower.accept(page.head, page.entries);
      await follower.confirm(page.head);
      return results.map(({ key }) => key);
    },
    close: async () => {
      await catalogue.close();
      await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
