import { writeFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  sampleDirectory,
  startSampleRepository,
  type RunningSampleRepository,
} from '../../../node/sample/index.ts';
import { NodeProcess, temporaryDirectory } from '../../support/node-process.ts';
import { until } from '../../support/until.ts';

const SAMPLES = ['andina', 'nordmark', 'wyreford'] as const;
/** One of Wyreford's records, which the suite withdraws. */
const WITHDRAWN = 'oai:eprints.wyreford.example:1009';
const REVIEWED = 'oai:eprints.wyreford.example:1006';
const RICHEST = 'oai:deposits.example:article';
const WITHDRAWN_FILE = { url: 'https://deposits.example/files/article.xml', reason: 'The wrong version' };
const START_MS = 2 * 60_000;

/** Records that say more than the samples: everything that a record can say, an embargo, next to nothing. */
const DEPOSITS = fileURLToPath(new URL('../deposits/', import.meta.url));

/** A review service that the node knows, and believes. */
export const REVIEWER = { id: 'https://review.example/system', inbox: 'https://review.example/inbox' };

/** What `/records` tells of a holding, as far as the suites look at it. */
export interface Listed {
  id: string;
  key: string;
  oaiIdentifier: string;
  sets: readonly string[];
  titles: readonly { value: string }[];
  isGone: boolean;
}

interface ListPage {
  next?: string;
  orderedItems: (Omit<Listed, 'key' | 'isGone'> & { tombstone?: object })[];
}

/**
 * A whole node over the three bundled repositories and a folder of deposits. One record was withdrawn, a second after the
 * others came in.
 */
export class PublishedNode {
  #repositories: RunningSampleRepository[] = [];
  #folder = '';
  #node: NodeProcess | undefined;
  /** All that is held, as `/records` lists it. */
  #listed: readonly Listed[] = [];

  async start(): Promise<void> {
    this.#folder = await temporaryDirectory();
    for (const name of SAMPLES) {
      this.#repositories.push(await startSampleRepository({ directory: await sampleDirectory(name) }));
    }
    const config = join(this.#folder, 'ngr.config.json');
    const sources = [
      ...this.#repositories.map(({ url }, i) => ({ name: SAMPLES[i], url })),
      { name: 'deposits', type: 'files', path: DEPOSITS },
    ];
    const services = [
      { name: 'Reviewer', ...REVIEWER, trust: 'accept', addresses: ['127.0.0.0/8', '::1/128'] },
    ];
    await writeFile(
      config,
      JSON.stringify({
        name: 'Consortium of samples',
        contact: 'librarian@consortium.example',
        sources,
        inbox: { services },
        harvest: { fullText: 'off' },
      }),
    );
    this.#node = await NodeProcess.start(['--config', config], join(this.#folder, 'data'));
    await until('everything is harvested', () => this.#isHarvested(), START_MS);
    await this.#running.api('POST', `/records/${await this.#keyOf(RICHEST)}/files/withdraw`, WITHDRAWN_FILE);
    await this.#withdraw();
    this.#listed = await this.#list();
  }

  async stop(): Promise<void> {
    await this.#node?.kill();
    for (const repository of this.#repositories) await repository.close();
    if (this.#folder !== '') await rm(this.#folder, { recursive: true });
  }

  /** For files of the suites; it goes with the node. */
  get folder(): string {
    return this.#folder;
  }

  get url(): string {
    if (this.#node === undefined) throw new Error('the node does not run');
    return this.#node.url;
  }

  get listed(): readonly Listed[] {
    return this.#listed;
  }

  /** Of what is listed, the records that stand. */
  get records(): readonly Listed[] {
    return this.#listed.filter(({ isGone }) => !isGone);
  }

  get withdrawn(): Listed {
    return this.listedAs(WITHDRAWN);
  }

  /** One that may get reviews; those who look at hashes look before. */
  get reviewed(): Listed {
    return this.listedAs(REVIEWED);
  }

  /** One that says everything that a record can say; one of its files is withdrawn. */
  get richest(): Listed {
    return this.listedAs(RICHEST);
  }

  listedAs(oaiIdentifier: string): Listed {
    const found = this.#listed.find((listed) => listed.oaiIdentifier === oaiIdentifier);
    if (found === undefined) throw new Error(`${oaiIdentifier} is not listed`);
    return found;
  }

  /** @param path of this node */
  async fetch(path: string, init?: RequestInit): Promise<Response> {
    return await fetch(new URL(path, this.url), init);
  }

  async json<T>(path: string): Promise<T> {
    const response = await this.fetch(path, { headers: { accept: 'application/ld+json' } });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  async #isHarvested(): Promise<boolean> {
    const { sources } = await this.#running.api<{ sources: { lastRun?: { outcome: string } }[] }>(
      'GET',
      '/harvest',
    );
    return sources.every(({ lastRun }) => lastRun?.outcome === 'complete');
  }

  /** Later than everything else to the second, which is what OAI-PMH tells apart. */
  async #withdraw(): Promise<void> {
    await this.#allIsRead();
    const second = await this.#secondOfAnswer();
    await until('the second is over', async () => (await this.#secondOfAnswer()) !== second);
    const key = await this.#keyOf(WITHDRAWN);
    await this.#running.api('POST', `/records/${key}/withdraw`, { reason: 'Published in error' });
    // Withdrawn is what all answers agree on.
    await until('it is withdrawn', async () => (await this.fetch(`/records/${key}`)).status === 410);
    await this.#allIsRead();
  }

  /** A change is listed, and dated, when the reader that publishes has taken it in. */
  async #allIsRead(): Promise<void> {
    await until('the readers have read all', async () => {
      const { readers } = await this.#running.api<{ readers: { lag: number }[] }>('GET', '/status');
      return readers.every(({ lag }) => lag === 0);
    });
  }

  async #keyOf(oaiIdentifier: string): Promise<string | undefined> {
    const found = await this.fetch(`/records/${encodeURIComponent(oaiIdentifier)}`, { redirect: 'manual' });
    return found.headers.get('location')?.split('/').at(-1);
  }

  async #secondOfAnswer(): Promise<string | undefined> {
    const answer = await (await this.fetch('/oai?verb=Identify')).text();
    return /<responseDate>([^<]+)/.exec(answer)?.[1];
  }

  async #list(): Promise<Listed[]> {
    const listed: Listed[] = [];
    let next: string | undefined = `${this.url}/records?limit=50`;
    while (next !== undefined) {
      const page: ListPage = await this.json<ListPage>(next);
      for (const { id, oaiIdentifier, sets, titles, tombstone } of page.orderedItems) {
        const key = id.slice(id.lastIndexOf('/') + 1);
        listed.push({ id, key, oaiIdentifier, sets, titles, isGone: tombstone !== undefined });
      }
      next = page.next;
    }
    return listed;
  }

  get #running(): NodeProcess {
    if (this.#node === undefined) throw new Error('the node does not run');
    return this.#node;
  }
}
