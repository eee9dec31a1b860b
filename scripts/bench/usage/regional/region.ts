import { type Metrics, sumOf } from '../../../../protocols/counter/index.ts';
import {
  encodeSummary,
  identifierHash,
  rowsOf,
  signSummary,
  WorksWriter,
  worksDigest,
  type IdentifierHash,
  type Share,
  type UsageSummary,
} from '../../../../protocols/usage-summary/index.ts';
import { Identity } from '../../../../node/identity/index.ts';

/** How large a region is made. */
export interface RegionSize {
  nodes: number;
  months: readonly string[];
  items: number;
}

/** A summary and its works, as they come from another node. */
export interface MadeSummary {
  summary: Uint8Array;
  node: string;
  month: string;
  digest: string;
  pages: Uint8Array[];
}

const TYPES = [
  'c_6501',
  'c_46ec',
  'c_db06',
  'c_bdcc',
  'c_5794',
  'c_3248',
  'c_2f33',
  'c_93fc',
  'c_ddb1',
  'c_1843',
];
const LANGUAGES = ['es', 'pt', 'en', 'fr', 'qu', 'ay', 'gn', 'nah', 'de', 'it', 'ca', 'eu'];
const LETTERS = Array.from({ length: 26 }, (_, i) => String.fromCodePoint(65 + i));
const COUNTRIES = LETTERS.flatMap((a) => ['E', 'R', 'T', 'Z'].map((b) => a + b)).slice(0, 60);
/** One item in so many lies in several repositories, as many as this. */
const SHARED_ONE_IN = 200;
const COPIES = 10;
/** As many items of a thousand have a DOI beside their record's key. */
const WITH_DOI = 600;

/** The node's page of a work, with the item of each of its rows. */
interface Template {
  hashes: Uint8Array;
  items: Uint32Array;
}

interface MadeNode {
  identity: Identity;
  pages: (Template | undefined)[];
}

/**
 * A region of made nodes: real signatures, real pages. Which items a node has is the same each month; how much they were used
 * is not. Names are numbers, but for those that works of several repositories share.
 */
export class Region {
  readonly size: RegionSize;
  readonly #nodes: MadeNode[];

  constructor(size: RegionSize) {
    this.size = size;
    this.#nodes = Array.from({ length: size.nodes }, (_, node) => makeNode(node, size));
  }

  get nodes(): string[] {
    return this.#nodes.map(({ identity }) => identity.node);
  }

  /** The DOI of a work that lies in several repositories. */
  sharedName(work: number): string {
    return `doi:10.5555/work.${work % ((this.size.nodes * this.size.items) / SHARED_ONE_IN / COPIES)}`;
  }

  make(node: number, month: string, revision = 1): MadeSummary {
    const made = this.#nodes[node];
    if (made === undefined) throw new Error(`there is no node ${node}`);
    const seed = Number(month.replace('-', '')) * 31 + node * 7 + revision;
    const pages = made.pages.map((page) => (page === undefined ? new Uint8Array() : written(page, seed)));
    let total: Metrics = {
      totalInvestigations: 0,
      uniqueInvestigations: 0,
      totalRequests: 0,
      uniqueRequests: 0,
    };
    for (let item = 0; item < this.size.items; item++) total = sumOf(total, usesOf(item, seed));
    const digest = worksDigest(pages);
    const bytes = pages.reduce((sum, { length }) => sum + length, 0);
    const summary: UsageSummary = {
      node: made.identity.node,
      month,
      revision,
      total,
      machine: { investigations: total.totalInvestigations * 3, requests: total.totalRequests },
      byType: shares(TYPES, total),
      byLanguage: shares(LANGUAGES, total),
      byCountry: shares(COUNTRIES, total),
      top: Array.from({ length: 20 }, (_, i) => ({
        key: `${String.fromCharCode(97 + i)}abcdefghijklmnopqrs`.slice(0, 20),
        title: `El uso de los repositorios institucionales de acceso abierto en América Latina, parte ${i}`,
        investigations: 20 - i,
        requests: 10,
      })),
      days: { first: `${month}-01`, last: `${month}-28`, count: 28 },
      isFinal: true,
      works: { count: this.size.items, bytes, digest },
      time: Date.parse(`${month}-01T00:00:00Z`) + 60 * 86_400_000 + revision,
    };
    return {
      summary: encodeSummary(signSummary(summary, made.identity)),
      node: made.identity.node,
      month,
      digest: Buffer.from(digest).toString('hex'),
      pages,
    };
  }
}

function makeNode(node: number, { nodes, items }: RegionSize): MadeNode {
  const writer = new WorksWriter();
  const works = (nodes * items) / SHARED_ONE_IN / COPIES;
  const one: Metrics = {
    totalInvestigations: 1,
    uniqueInvestigations: 1,
    totalRequests: 0,
    uniqueRequests: 0,
  };
  for (let item = 0; item < items; item++) {
    const hashes: IdentifierHash[] = [numberHash(node, item, 1)];
    if (item % SHARED_ONE_IN === 0) {
      const work = (node * (items / SHARED_ONE_IN) + item / SHARED_ONE_IN) % works;
      hashes.push(identifierHash(`doi:10.5555/work.${work}`));
    } else if (item % 1_000 < WITH_DOI) hashes.push(numberHash(node, item, 2));
    writer.add(hashes, one);
  }
  const pages = writer.finish().pages.map((page, number): Template | undefined => {
    const rows = [...rowsOf(number, page)];
    if (rows.length === 0) return undefined;
    // The number of rows, and their hashes: what does not change from month to month.
    const hashes = page.subarray(0, (rows.length < 0x80 ? 1 : 2) + rows.length * 7).slice();
    return { hashes, items: Uint32Array.from(rows, ({ item }) => item) };
  });
  return { identity: Identity.generate(), pages };
}

/** A page with the uses of a month. */
function written({ hashes, items }: Template, seed: number): Uint8Array {
  const page = new Uint8Array(hashes.length + items.length * 9);
  page.set(hashes);
  let at = hashes.length;
  for (const item of items) {
    let rest = item;
    for (; rest >= 0x80; rest >>>= 7) page[at++] = (rest & 0x7f) | 0x80;
    page[at++] = rest;
    const uses = usesOf(item, seed);
    // Less than 128, each: one byte.
    page[at++] = uses.totalInvestigations;
    page[at++] = uses.uniqueInvestigations;
    page[at++] = uses.totalRequests;
    page[at++] = uses.uniqueRequests;
  }
  return page.subarray(0, at);
}

/** Few items are used much: 1 to 100 times. */
function usesOf(item: number, seed: number): Metrics {
  const share = (mix(item, seed) % 1_000) / 1_000;
  const uniqueInvestigations = 1 + Math.floor(70 * share ** 6);
  const uniqueRequests = uniqueInvestigations >> 1;
  return {
    totalInvestigations: uniqueInvestigations + (uniqueInvestigations >> 2),
    uniqueInvestigations,
    totalRequests: uniqueRequests + (uniqueRequests >> 2),
    uniqueRequests,
  };
}

/** Each a bit less than the one before it, together less than the whole. */
function shares(values: readonly string[], total: Metrics): Share[] {
  return values.map((value, i) => {
    const part = 2 ** -Math.min(i + 1, 20);
    return {
      value,
      metrics: {
        totalInvestigations: Math.floor(total.totalInvestigations * part),
        uniqueInvestigations: Math.floor(total.uniqueInvestigations * part),
        totalRequests: Math.floor(total.totalRequests * part),
        uniqueRequests: Math.floor(total.uniqueRequests * part),
      },
    };
  });
}

function numberHash(node: number, item: number, name: number): IdentifierHash {
  return { high: mix(node * 4 + name, item), low: mix(item * 4 + name, node + 77) };
}

/** A number of 32 bits that looks like chance (the finalizer of MurmurHash3). */
function mix(a: number, b: number): number {
  let h = Math.imul(a ^ 0x9e37_79b9, 0x85eb_ca6b) ^ Math.imul(b + 0x7f4a_7c15, 0xc2b2_ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
