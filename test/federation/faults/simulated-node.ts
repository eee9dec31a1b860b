import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { Duplicates } from '../../../node/analysis/duplicates/index.ts';
import { TextIndex } from '../../../node/analysis/search/index.ts';
import { RegionalUsage } from '../../../node/analysis/regional-usage/index.ts';
import { Usage } from '../../../node/analysis/usage/index.ts';
import { Catalogue, ReaderRunner, type OwnChange } from '../../../node/catalogue/index.ts';
import type { Clock } from '../../../node/clock.ts';
import { Federation, Reputation } from '../../../node/federation/index.ts';
import type { Store } from '../../../node/store/index.ts';
import { nodeIdOfPublicKey, signBytes, type Signer } from '../../../protocols/heads/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import { noProofs } from '../../support/test-network.ts';
import { MemoryDisk } from './memory-disk.ts';
import type { SimulatedLinks, SimulatedNetwork } from './simulated-network.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
/** Streams end with their connection here, in virtual time; nobody is to be late by the real one. */
const ANSWER_TIMEOUT_MS = 10 * 60_000;
/** PKCS #8 before the 32 bytes of an Ed25519 key (RFC 8410, section 7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** What runs between a start and the end of a node. */
interface Life {
  store: Store;
  catalogue: Catalogue;
  runners: ReaderRunner[];
  text: TextIndex;
  duplicates: Duplicates;
  usage: Usage;
  regionalUsage: RegionalUsage;
  federation: Federation;
  reputation: Reputation;
}

/** A node of a simulation: all that federates and reads in a real one, over a disk in memory and simulated links. */
export class SimulatedNode {
  readonly name: string;
  readonly node: NodeId;
  readonly #signer: Signer;
  readonly #links: SimulatedLinks;
  readonly #network: SimulatedNetwork;
  readonly #disk: MemoryDisk;
  readonly #clock: Clock;
  readonly #log: Logger;
  #life: Life | undefined;
  /** Up to where its feed was acknowledged. */
  #acknowledged = 0;

  constructor(options: {
    name: string;
    links: SimulatedLinks;
    /** How wrong its clock is. */
    wrongByMs: number;
    log: Logger;
  }) {
    this.name = options.name;
    this.#links = options.links;
    this.#clock = options.links.time.clock(options.wrongByMs);
    this.#log = options.log.child({ node: options.name });
    this.#signer = signerOf(options.links.random);
    this.node = this.#signer.node;
    this.#network = options.links.member(this.node);
    this.#disk = new MemoryDisk(() => options.links.time.touch());
  }

  get isRunning(): boolean {
    return this.#life !== undefined;
  }

  get life(): Life {
    if (this.#life === undefined) throw new Error(`${this.name} does not run`);
    return this.#life;
  }

  /** @throws where an acknowledged change is lost */
  async start(): Promise<void> {
    const { node } = this;
    const base = `https://${this.name}.example`;
    const [networks, clock, log] = [['simulated'], this.#clock, this.#log];
    const store = this.#disk.open();
    const section = store.section('catalogue');
    const catalogue = await Catalogue.open({
      section,
      signer: this.#signer,
      base,
      name: this.name,
      networks,
      clock,
    });
    if (catalogue.head.seq < this.#acknowledged)
      throw new Error(`${this.name} has lost changes behind ${catalogue.head.seq} that it acknowledged`);
    const [text, duplicates] = [new TextIndex(), new Duplicates()];
    const runners = [text, duplicates].map(
      (reader) => new ReaderRunner({ catalogue, reader, section: store.section(reader.name), log, clock }),
    );
    for (const runner of runners) await runner.start();
    const usage = new Usage({
      section: store.section('usage'),
      catalogue,
      clock,
      log,
      robots: { name: 'none', isRobot: () => false },
    });
    usage.start();
    const regionalUsage = await RegionalUsage.open({
      section: store.section('regional-usage'),
      own: usage,
      describe: (keys) => Promise.resolve(keys.map((key) => ({ names: [`record:${key}`] }))),
      publishCountries: false,
      finalAfterDays: 3,
      nodes: () => new Map(),
      recordsOf: (of) => catalogue.feeds.state(of)?.records ?? 0,
      ownersOf: (keys) => Promise.resolve(keys.map(() => undefined)),
      signer: this.#signer,
      clock,
      log,
    });
    regionalUsage.start();
    const reputation = new Reputation({ clock });
    const federation = new Federation({
      catalogue,
      network: this.#network,
      networks,
      rules: { mode: 'network', networks, proof: 'shown', allow: [], deny: [] },
      quota: { records: 1e9, megabytes: 1e6, entriesPerSecond: 1e6 },
      proofs: noProofs,
      section: store.section('forks'),
      usage: regionalUsage,
      reputation,
      registry: new Registry(),
      clock,
      random: this.#links.random,
      answerTimeoutMs: ANSWER_TIMEOUT_MS,
      log,
    });
    await federation.start();
    this.#life = {
      store,
      catalogue,
      runners,
      text,
      duplicates,
      usage,
      regionalUsage,
      federation,
      reputation,
    };
    catalogue.onCommit((committed) => {
      if (committed.node === node) this.#acknowledged = Math.max(this.#acknowledged, catalogue.head.seq);
    });
  }

  /** Ends as the operator ends it. */
  async leave(): Promise<void> {
    const { federation, usage, regionalUsage, runners, catalogue, store } = this.#end();
    await federation.stop();
    await regionalUsage.stop();
    await usage.stop();
    await Promise.all(runners.map((runner) => runner.stop()));
    await catalogue.close();
    await store.close();
  }

  /** Ends as by a power cut: nothing that goes on gets to the disk or the network any more. */
  crash(): void {
    const { federation, usage, regionalUsage, runners } = this.#end();
    this.#disk.cut((batches) => Math.floor(this.#links.random() * (batches + 1)));
    this.#network.unplug();
    // What is left in memory is to end, too; whatever it still wants fails.
    for (const part of [federation, regionalUsage, usage, ...runners]) part.stop().catch(() => undefined);
  }

  /** Hands changes in; a crash may come before they are acknowledged. */
  put(changes: readonly OwnChange[]): void {
    this.life.catalogue.put(changes).catch(() => undefined);
  }

  /** A reader looks at one of its records. */
  look(key: string, visitor: number): void {
    this.life.usage
      .record({
        kind: 'investigation',
        key,
        address: `192.0.2.${visitor}`,
        userAgent: FIREFOX,
        time: this.#clock.now(),
      })
      .catch(() => undefined);
  }

  #end(): Life {
    const { life } = this;
    this.#life = undefined;
    return life;
  }
}

function signerOf(random: () => number): Signer {
  const seed = Uint8Array.from({ length: 32 }, () => random() * 256);
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return { node: nodeIdOfPublicKey(spki.subarray(-32)), sign: (bytes) => signBytes(bytes, key) };
}
