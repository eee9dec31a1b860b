import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import {
  sampleDirectory,
  startSampleRepository,
  type RunningSampleRepository,
} from '../../../node/sample/index.ts';
import { NodeProcess } from '../../support/node-process.ts';
import { aPayload } from '../../support/notify-payloads.ts';
import { until } from '../../support/until.ts';

const NAMES = {
  wyreford: 'University of Wyreford',
  andina: 'Universidad Andina de San Telmo',
  nordmark: 'Universität Nordmark',
} as const;
const LONG_MS = 2 * 60_000;
const MANAGER = { mail: 'ana@wyreford.example', name: 'Ana', role: 'administrator' } as const;
const PASSWORD = 'a password of several words';
/** One a line, as a script has written them; three are cut off, and cannot be taken. */
const THESES = `{"id":"t-1","title":"Reading in the dark","authors":["Okafor, Ada"],"year":"2019","type":"PhD thesis","url":"https://theses.wyreford.example/t-1","language":"en"}
{"id":"t-2","title":"Of tides, and time","authors":["Lindqvist, Sven","Haddad, Leila"],"year":"2020","type":"Master thesis","url":"https://theses.wyreford.example/t-2","language":"en"}
{"id":"t-3","title":"On bridges","authors":["Brandt, Ole"
{"id":"t-4","title":"Salt and
{"id":"t-5","title":"The long way home","authors":["Diallo, Awa"],"year":
{"id":"t-6","title":"Maps of the wind","authors":["Moreau, Claire"],"year":"2022","type":"PhD thesis","url":"https://theses.wyreford.example/t-6","language":"en"}
`;

/** Three institutions, each a node of its own beside a sample repository, and the manager of the first. */
export class Region {
  readonly #repositories: RunningSampleRepository[] = [];
  readonly #folders: string[] = [];
  readonly nodes: NodeProcess[] = [];

  static async start(): Promise<Region> {
    const region = new Region();
    try {
      await region.#start();
      return region;
    } catch (error) {
      await region.stop();
      throw error;
    }
  }

  /** The node of the manager. */
  get own(): NodeProcess {
    const [own] = this.nodes;
    if (own === undefined) throw new Error('the region has no nodes');
    return own;
  }

  async #start(): Promise<void> {
    for (const name of Object.keys(NAMES) as (keyof typeof NAMES)[]) {
      const repository = await startSampleRepository({ directory: await sampleDirectory(name) });
      this.#repositories.push(repository);
      const config = join(await this.#folder(), 'ngr.config.json');
      const sources: object[] = [{ name: 'repository', url: repository.url }];
      if (name === 'wyreford') {
        const theses = await this.#folder();
        await writeFile(join(theses, 'theses.jsonl'), THESES);
        sources.push({ name: 'theses', type: 'files', path: theses });
      }
      const first = this.nodes[0];
      await writeFile(
        config,
        JSON.stringify({
          name: NAMES[name],
          networks: ['test'],
          sources,
          ...(first !== undefined && { p2p: { bootstrap: [first.address] } }),
          inbox: { services: [{ name: 'Peer Review Circle', id: 'https://review.example/', trust: 'ask' }] },
        }),
      );
      this.nodes.push(await NodeProcess.start(['--config', config]));
    }
    await until('every node has all records', () => this.#hasAll(), LONG_MS);
    await this.#announceReview();
  }

  /** Whether each node has the records of all, and knows the others for what they say they are. */
  async #hasAll(): Promise<boolean> {
    const states = await Promise.all(
      this.nodes.map((node) =>
        node.api<{ records: { held: number }; peers: { followed: number } }>('GET', '/status'),
      ),
    );
    const held = new Set(states.map(({ records }) => records.held));
    return (
      held.size === 1 && !held.has(0) && states.every(({ peers }) => peers.followed === this.nodes.length - 1)
    );
  }

  async #announceReview(): Promise<void> {
    const { url } = this.own;
    const { orderedItems } = (
      await this.own.get<{ orderedItems: { id: string }[] }>('/search?q=institutional+repositories')
    ).document;
    const id = orderedItems[0]?.id ?? '';
    const response = await fetch(`${url}/inbox`, {
      method: 'POST',
      headers: { 'content-type': 'application/ld+json' },
      body: JSON.stringify(
        aPayload('announce-review', {
          context: { id },
          id: 'urn:uuid:94ecae35-dcfd-4182-8550-22c7164fe23f',
          target: { id: url, inbox: `${url}/inbox`, type: 'Service' },
        }),
      ),
    });
    if (response.status !== 201)
      throw new Error(`the inbox answered ${response.status}: ${await response.text()}`);
  }

  /** Makes the manager's account in a browser, and logs her in. */
  async logIn(context: BrowserContext): Promise<void> {
    const page = await context.newPage();
    const { link } = await this.own.api<{ link: string }>('POST', '/people/invitations', MANAGER);
    await page.goto(this.own.url + new URL(link).pathname + new URL(link).search);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.waitForURL(/\/dashboard$/);
    await page.close();
  }

  async stop(): Promise<void> {
    for (const node of this.nodes) {
      await node.stop();
      await node.remove();
    }
    for (const repository of this.#repositories) await repository.close();
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
  }

  async #folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'ngr-region-'));
    this.#folders.push(folder);
    return folder;
  }
}
