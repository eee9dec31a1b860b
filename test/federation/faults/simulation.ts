import type { Logger } from 'pino';
import type { HarvestedRecord, OwnChange } from '../../../node/catalogue/index.ts';
import { seededRandom } from '../../../scripts/random.ts';
import { aRecord } from '../../support/builders.ts';
import { fairWeather, SimulatedLinks, type Weather } from './simulated-network.ts';
import { SimulatedNode } from './simulated-node.ts';
import { VirtualTime } from './virtual-time.ts';

const COMMAND =
  'npx mocha --no-config --extension ts --node-option import=tsx test/federation/faults/faults.test.ts';
const HOUR_MS = 60 * 60_000;
const MINUTE_MS = 60_000;
const STEP_MS = 5_000;

/** Besides its ring, each node has so many links to others. */
const CHORDS = 1;
const RECORDS_A_NODE = 12;
const TITLES = [
  'Open repositories and their networks',
  'Open repositories and their networks: a study',
  'Harvesting metadata at scale',
  'What a tombstone tells',
] as const;

/** What happened when, to be printed with a failure. */
export interface Happening {
  /** Seconds since the beginning. */
  at: number;
  what: string;
}

/** So many nodes, and everything that may happen to them, from one seed. */
export class Simulation {
  readonly seed: number;
  readonly nodes: SimulatedNode[] = [];
  readonly links: SimulatedLinks;
  readonly time = new VirtualTime();
  readonly happenings: Happening[] = [];
  readonly #random: () => number;
  readonly #began = this.time.now;
  /** What ended in an error that ends the simulation. */
  readonly #failures: unknown[] = [];

  constructor({ seed, nodes, log }: { seed: number; nodes: number; log: Logger }) {
    this.seed = seed;
    // What happens is drawn from another series than what the links do, so that a mended fault shifts little.
    this.#random = seededRandom(seed).uniform;
    this.links = new SimulatedLinks({ time: this.time, random: seededRandom(seed + 1_000_000).uniform });
    for (let i = 0; i < nodes; i++) {
      const wrongByMs = this.#one([0, 0, 0, HOUR_MS, -HOUR_MS]);
      this.nodes.push(new SimulatedNode({ name: `n${i}`, links: this.links, wrongByMs, log }));
      if (wrongByMs !== 0) this.#note(`the clock of n${i} is wrong by ${wrongByMs / HOUR_MS} h`);
    }
    this.#layLinks();
  }

  /** Starts all, and lets so much happen to them over so long. */
  async run({ minutes, happenings }: { minutes: number; happenings: number }): Promise<void> {
    for (const node of this.nodes) await this.#begin(node);
    await this.pass(MINUTE_MS / 2);
    const pauseMs = (minutes * MINUTE_MS) / happenings;
    for (let i = 0; i < happenings; i++) {
      this.#happen();
      await this.pass(2 * pauseMs * this.#random());
    }
  }

  /** Ends all that is wrong; what was wrong is left to be made good by the nodes. */
  async heal(): Promise<void> {
    this.#note('all is well again');
    this.links.weather = fairWeather;
    this.links.heal();
    for (const node of this.nodes) if (!node.isRunning) await this.#begin(node);
  }

  /** @throws where a node failed meanwhile */
  async pass(ms: number): Promise<void> {
    await this.time.pass(ms);
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  /** Lets time pass until it is so, or for so long. @returns how long it took */
  async passUntil(isSo: () => boolean | Promise<boolean>, ms: number): Promise<number> {
    let passed = 0;
    for (; passed < ms && !(await isSo()); passed += STEP_MS) await this.pass(STEP_MS);
    return passed;
  }

  async end(): Promise<void> {
    for (const node of this.nodes) if (node.isRunning) await node.leave();
  }

  /** How to see it again. */
  story(): string {
    const lines = this.happenings.map(({ at, what }) => `  ${at.toFixed(1).padStart(6)} s  ${what}`);
    return [`To see it again: NGR_FAULTS_SEED=${this.seed} ${COMMAND}`, ...lines].join('\n');
  }

  #layLinks(): void {
    for (const [i, { node }] of this.nodes.entries()) {
      const next = this.nodes[(i + 1) % this.nodes.length];
      if (next !== undefined && next.node !== node) this.links.lay(node, next.node);
      for (let chord = 0; chord < CHORDS; chord++) {
        const other = this.#one(this.nodes).node;
        if (other !== node && this.links.linkOf(node, other) === undefined) this.links.lay(node, other);
      }
    }
  }

  #happen(): void {
    const node = this.#one(this.nodes);
    const dice = this.#random();
    if (dice < 0.5) this.#change(node);
    else if (dice < 0.6) this.#look(node);
    else if (dice < 0.68) this.#part();
    else if (dice < 0.76) this.#note('the partition heals', this.links.heal());
    else if (dice < 0.84) this.#away(node, () => node.crash(), 'has a power cut');
    else if (dice < 0.88) this.#away(node, () => node.leave(), 'leaves');
    else if (dice < 0.94) this.#turnWeather();
    else this.#breakStreams(node);
  }

  #change(node: SimulatedNode): void {
    if (!node.isRunning) return;
    const changes = Array.from({ length: 1 + Math.floor(this.#random() * 5) }, () => this.#aChange(node));
    this.#note(`${node.name}: ${changes.map(({ type }) => type).join(', ')}`);
    node.put(changes);
  }

  #aChange(node: SimulatedNode): OwnChange {
    const n = Math.floor(this.#random() * RECORDS_A_NODE);
    const oaiIdentifier = `oai:${node.name}.example:${n}`;
    const dice = this.#random();
    if (dice < 0.12) return { type: 'withdraw', oaiIdentifier, reason: 'Retracted' };
    if (dice < 0.2)
      return {
        type: 'delete',
        oaiIdentifier,
        datestamp: '2026-01-01T00:00:00Z',
        reason: 'Deleted at the source',
      };
    const record = this.#aRecord(oaiIdentifier, n);
    return dice < 0.26 ? { type: 'reinstate', record } : { type: 'put', record };
  }

  /** Of the same works as other nodes', so that there are clusters. */
  #aRecord(oaiIdentifier: string, n: number): HarvestedRecord {
    const doi = `10.1/${Math.floor(this.#random() * 6)}`;
    return aRecord({
      oaiIdentifier,
      titles: [{ value: this.#one(TITLES) }],
      published: this.#one(['2015', '2016']),
      identifiers: this.#random() < 0.5 ? [{ scheme: 'doi', value: doi }] : [],
      subjects: [{ value: `subject ${n}` }],
    });
  }

  #look(node: SimulatedNode): void {
    if (!node.isRunning) return;
    const visitor = Math.floor(this.#random() * 250);
    this.#note(`a reader at ${node.name}`);
    void this.#lookAtNewest(node, visitor);
  }

  async #lookAtNewest(node: SimulatedNode, visitor: number): Promise<void> {
    // Its power may be cut meanwhile.
    const newest = await node.life.catalogue.feeds.newest(node.node, undefined, 1).catch(() => []);
    const key = newest[0]?.key;
    if (key !== undefined && node.isRunning) node.look(key, visitor);
  }

  #part(): void {
    const one = new Set(this.nodes.filter(() => this.#random() < 0.5).map(({ node }) => node));
    const names = this.nodes.filter(({ node }) => one.has(node)).map(({ name }) => name);
    this.#note(`a partition: ${names.join(' ') || 'none'} on one side`);
    this.links.part((node) => one.has(node));
  }

  #away(node: SimulatedNode, go: () => void | Promise<void>, how: string): void {
    if (!node.isRunning) return;
    const awayMs = this.#random() * MINUTE_MS;
    this.#note(`${node.name} ${how}, for ${(awayMs / 1_000).toFixed(0)} s`);
    const gone = Promise.resolve(go());
    this.time.in(awayMs, () => {
      gone.then(() => this.#begin(node)).catch((error: unknown) => this.#failures.push(error));
    });
  }

  async #begin(node: SimulatedNode): Promise<void> {
    if (node.isRunning) return;
    await node.start();
    this.#note(`${node.name} starts`);
  }

  #turnWeather(): void {
    const weather: Weather = this.#one([
      fairWeather,
      { ...fairWeather, loss: 0.2, duplicates: 0.2 },
      { ...fairWeather, loss: 1 },
      { latencyMs: 500, jitterMs: 3_000, loss: 0.1, duplicates: 0.1, breaks: 0 },
      { ...fairWeather, breaks: 0.2 },
    ]);
    this.#note(`weather: ${JSON.stringify(weather)}`);
    this.links.weather = weather;
  }

  #breakStreams(node: SimulatedNode): void {
    this.#note(`all connections of ${node.name} break`);
    for (const link of this.links.linksOf(node.node)) this.links.hangUp(link);
  }

  #note(what: string, _done?: void): void {
    this.happenings.push({ at: (this.time.now - this.#began) / 1_000, what });
  }

  #one<T>(items: readonly T[]): T {
    return items[Math.floor(this.#random() * items.length)] as T;
  }
}
