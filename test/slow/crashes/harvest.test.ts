import { join } from 'node:path';
import { expect } from 'chai';
import { Duplicates } from '../../../node/analysis/duplicates/index.ts';
import { TextIndex } from '../../../node/analysis/search/index.ts';
import { Catalogue, ReaderRunner, type Reader } from '../../../node/catalogue/index.ts';
import { systemClock } from '../../../node/clock.ts';
import { Identity } from '../../../node/identity/index.ts';
import { openStore } from '../../../node/store/index.ts';
import { EntryVerifier, leafOf, SetDigest, SignatureVerifier } from '../../../protocols/heads/index.ts';
import { digestOf } from '../../../vocab/block.ts';
import { keyOfIri } from '../../../vocab/record-key.ts';
import { EndlessRepository } from '../../support/endless-repository.ts';
import { NodeProcess, temporaryDirectory } from '../../support/node-process.ts';
import { seededRandom } from '../../../scripts/random.ts';
import { silentLog } from '../../support/test-catalogue.ts';

const KILLS = 50;
const LONGEST_LIFE_MS = 500;
const SEED = 20261121;

/** DESIGN 6.1, on whole nodes. */
describe('a node that is killed during a harvest, at fifty random instants', () => {
  const random = seededRandom(SEED).uniform;
  let repository: EndlessRepository;
  let data: string;

  before(async () => {
    repository = await EndlessRepository.start();
    data = await temporaryDirectory();
  });
  after(async () => {
    await repository.close();
  });

  const start = (): Promise<NodeProcess> =>
    NodeProcess.start(['--oai', repository.url, '--base-url', 'http://node.example'], data);

  it('has lost nothing that it acknowledged, and catalogue, feed and readers agree', async () => {
    let acknowledged = 0;
    for (let kill = 1; kill <= KILLS; kill++) {
      const node = await start();
      // Some are killed as they start, the others once the harvest goes on, however long that takes here.
      const before = kill % 5 === 0 ? -1 : acknowledged;
      while ((await headOf(node)) <= before);
      const end = performance.now() + random() * LONGEST_LIFE_MS;
      // A head that was served is acknowledged: all its entries have to be there afterwards.
      do acknowledged = Math.max(acknowledged, await headOf(node));
      while (performance.now() < end);
      await node.kill();
      await expectAgreement(data, acknowledged, `after kill ${kill}`);
    }
    expect(acknowledged, 'the harvest went on through all kills').to.be.greaterThan(KILLS);

    const node = await start();
    repository.size = (await headOf(node)) + 100;
    let seq = 0;
    do seq = await headOf(node);
    while (seq < repository.size);
    expect(await node.stop()).to.equal(0);
    await expectAgreement(data, repository.size, 'at the end');
    await node.remove();
  });
});

async function headOf(node: NodeProcess): Promise<number> {
  const { document } = await node.get<{ head: { seq: number } }>('/.well-known/ngr-node', 'application/json');
  return document.head.seq;
}

/** Opens what the killed process left, and checks each part against the others, entry for entry. */
async function expectAgreement(data: string, acknowledged: number, when: string): Promise<void> {
  const store = await openStore(data);
  const signer = await Identity.load(join(data, 'identity.pem'));
  const section = store.section('catalogue');
  const catalogue = await Catalogue.open({
    section,
    signer,
    base: 'http://node.example',
    name: 'x',
    networks: ['test'],
    clock: systemClock,
  });
  try {
    const state = catalogue.feeds.state(catalogue.node);
    expect(state?.seq ?? 0, when).to.be.at.least(acknowledged);

    const digest = SetDigest.empty();
    const verifier = new EntryVerifier(new SignatureVerifier());
    const keys: string[] = [];
    for await (const entry of catalogue.feeds.entries(catalogue.node)) {
      digest.add(leafOf(entry));
      keys.push(keyOfIri(entry.record) ?? '');
      if (entry.seq % 97 === 0) {
        expect(await verifier.verify(entry.node, leafOf(entry), entry.signature), when).to.equal(true);
        const stored = await catalogue.holdings.received(keys.at(-1) ?? '', 0);
        expect(stored && digestOf(stored.block), when).to.equal(entry.digest);
      }
    }
    expect(digest.digest(), when).to.equal(state?.digest.digest());
    expect(keys.length, when).to.equal(state?.live);
    const logged: string[] = [];
    for (let position = 0; ;) {
      const changes = await catalogue.log.after(position, 1_000);
      if (changes.length === 0) break;
      logged.push(...changes.map(({ key }) => key));
      expect(
        changes.every(({ holding }) => holding !== undefined),
        when,
      ).to.equal(true);
      position = changes.at(-1)?.position ?? position;
    }
    expect(logged, when).to.deep.equal(keys);

    const [text, duplicates] = [new TextIndex(), new Duplicates()];
    for (const reader of [text, duplicates] satisfies Reader[]) {
      const runner = new ReaderRunner({
        catalogue,
        reader,
        section: store.section(reader.name),
        log: silentLog,
        clock: systemClock,
      });
      await runner.start();
      await runner.caughtUp();
      await runner.stop();
    }
    const { total } = await text.search({ query: 'repository', limit: 1, offset: 0 });
    expect(total, `search, ${when}`).to.equal(keys.length);
    expect(duplicates.counts().works, `works, ${when}`).to.equal(Math.ceil(keys.length / 2));
  } finally {
    await catalogue.close();
    await store.close();
  }
}
