import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import yazl from 'yazl';
import {
  type Capability,
  type Entry,
  type Link,
  type Metadata,
  ON_DEMAND_DUMP,
  type ResourceChange,
  type SyncDocument,
  w3cDatetime,
  writeDocument,
} from '../../protocols/resourcesync/index.ts';
import type { Clock } from '../../node/clock.ts';
import type { Reply } from './misbehaving-repository.ts';

export interface HeldResource {
  body: Buffer;
  type: string | undefined;
  modified: number;
  links: Link[];
}

interface Change {
  loc: string;
  change: ResourceChange;
  at: number;
  links: Link[];
}

/** How an answer is spoilt; nothing for one that goes out as it is. */
export type SpoilSync = (path: string, answer: Buffer, count: number) => Reply | undefined;

/** A small Source of ResourceSync on loopback that behaves until a test spoils its answers. */
export class MisbehavingSyncSource {
  /** Paths that were asked for. */
  readonly asked: string[] = [];
  /** By path. */
  readonly resources = new Map<string, HeldResource>();
  readonly changes: Change[] = [];
  /** What the capability list leads to. */
  offers: ('resourcelist' | 'changelist' | 'resourcedump' | 'changedump')[] = ['resourcelist', 'changelist'];
  /** Entries a list; where there are more, an index leads to several. */
  listSize = 50_000;
  /** Which digests the lists tell. */
  digests: string[] = ['sha-256'];
  /** Whether lists tell when a resource was modified, and what changes when. */
  tellsTimes = true;
  /** Whether lists are gzip files, or sent with that content coding. */
  packing: 'none' | 'file' | 'coding' = 'none';
  /** Where the capability list says that packages are made on demand; nothing for a source that does not. */
  onDemandDump: string | undefined;
  /** The lists of resources that were posted. */
  readonly posted: string[][] = [];
  /** Members that go into a package otherwise than they are; `undefined` for none. */
  member: (path: string, body: Buffer) => Buffer | undefined = (_, body) => body;
  spoil: SpoilSync = () => undefined;
  /** When lists were made; the clock's time unless set. */
  madeAt: number | undefined;
  readonly #server: Server;
  readonly #clock: Clock;
  #created: number;

  private constructor(server: Server, clock: Clock) {
    this.#server = server;
    this.#clock = clock;
    this.#created = clock.now();
  }

  static async start(clock: Clock): Promise<MisbehavingSyncSource> {
    const server = createServer();
    const source = new MisbehavingSyncSource(server, clock);
    server.on('request', (request, response) => void source.#respond(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return source;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  put(
    path: string,
    body: string | Buffer,
    options: { type?: string | undefined; links?: Link[] } = {},
  ): string {
    const { type = 'application/xml', links = [] } = options;
    const change = this.resources.has(path) ? 'updated' : 'created';
    const modified = this.#clock.now();
    this.resources.set(path, {
      body: Buffer.from(body),
      type: 'type' in options ? options.type : type,
      modified,
      links,
    });
    this.changes.push({ loc: path, change, at: modified, links });
    return this.url + path;
  }

  remove(path: string): void {
    this.resources.delete(path);
    this.changes.push({ loc: path, change: 'deleted', at: this.#clock.now(), links: [] });
  }

  /** Lets a resource vanish without a word. */
  drop(path: string): void {
    this.resources.delete(path);
  }

  /** How often resources themselves were asked for. */
  get fetched(): string[] {
    return this.asked.filter((path) => this.resources.has(path));
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  document(
    capability: Capability,
    entries: Entry[],
    metadata: Partial<Metadata> = {},
    up = true,
  ): SyncDocument {
    const links = up ? [{ rel: 'up', href: `${this.url}/capabilitylist.xml` }] : [];
    return { root: 'urlset', metadata: { ...metadata, capability }, links, entries };
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    this.asked.push(path);
    const good =
      request.method === 'POST' ? await this.#onDemand(await buffer(request)) : await this.#answer(path);
    const count = this.asked.filter((one) => one === path).length;
    const reply: Reply = this.spoil(path, Buffer.from(good.body ?? ''), count) ?? good;
    if (reply.silent === true) return;
    const body = Buffer.from(reply.body ?? '');
    const { status = 200, headers = good.headers ?? {} } = reply;
    if (reply.cutOff === true) {
      response.writeHead(status, { ...headers, 'content-length': body.length + 1000 });
      response.write(body, () => response.destroy());
    } else response.writeHead(status, headers).end(body);
  }

  async #onDemand(body: Buffer): Promise<Reply> {
    const wanted = JSON.parse(body.toString()) as string[];
    this.posted.push(wanted);
    const byLoc = new Map(this.#resourceEntries().map((entry) => [entry.loc, entry]));
    const entries = wanted.map((loc) => byLoc.get(loc) ?? { loc });
    return {
      body: await this.#packageOf('resourcedump-manifest', entries, { at: w3cDatetime(this.#clock.now()) }),
      headers: { 'content-type': 'application/zip' },
    };
  }

  async #answer(path: string): Promise<Reply> {
    const resource = this.resources.get(path);
    if (resource !== undefined) {
      return {
        body: resource.body,
        headers: resource.type === undefined ? {} : { 'content-type': resource.type },
      };
    }
    const zip = /^\/(resourcedump|changedump)\/(\d+)\.zip$/.exec(path);
    if (zip !== null) {
      const kind = zip[1] as 'resourcedump' | 'changedump';
      return {
        body: await this.#package(kind, Number(zip[2])),
        headers: { 'content-type': 'application/zip' },
      };
    }
    const document = this.#document(path);
    if (document === undefined) return { status: 404, body: 'nothing here' };
    const xml = Buffer.from(writeDocument(document));
    const type = { 'content-type': 'application/xml' };
    if (this.packing === 'coding')
      return { body: gzipSync(xml), headers: { ...type, 'content-encoding': 'gzip' } };
    return { body: this.packing === 'file' ? gzipSync(xml) : xml, headers: type };
  }

  #document(path: string): SyncDocument | undefined {
    const at = w3cDatetime(this.madeAt ?? this.#clock.now());
    const from = w3cDatetime(this.#created);
    const [, capability = '', n] = /^\/(\w+)(?:\/(\d+))?\.xml$/.exec(path) ?? [];
    if (path === '/.well-known/resourcesync') {
      const entry = { loc: `${this.url}/capabilitylist.xml`, metadata: { capability: 'capabilitylist' } };
      return this.document('description', [entry], {}, false);
    }
    if (path === '/capabilitylist.xml') {
      const entries = this.offers.map((offer) => ({
        loc: `${this.url}/${offer}.xml`,
        metadata: { capability: offer },
      }));
      const { links, ...list } = this.document('capabilitylist', entries);
      const extensions =
        this.onDemandDump === undefined ? [] : [{ rel: ON_DEMAND_DUMP, href: this.onDemandDump }];
      return { ...list, links: [...links, ...extensions] };
    }
    switch (capability) {
      case 'resourcelist':
        return this.#list('resourcelist', this.#resourceEntries(), { at }, n);
      case 'changelist':
        return this.#list('changelist', this.#changeEntries(), { from }, n);
      case 'resourcedump':
      case 'changedump':
        return this.document(
          capability,
          this.#parts(capability).map((_, i) => ({
            loc: `${this.url}/${capability}/${i + 1}.zip`,
            metadata: { type: 'application/zip' },
          })),
          capability === 'resourcedump' ? { at } : { from },
        );
      default:
        return undefined;
    }
  }

  #list(
    capability: 'resourcelist' | 'changelist',
    entries: Entry[],
    metadata: Partial<Metadata>,
    n: string | undefined,
  ): SyncDocument {
    if (n !== undefined) {
      const size = this.listSize;
      return this.document(capability, entries.slice((Number(n) - 1) * size, Number(n) * size), metadata);
    }
    if (entries.length <= this.listSize) return this.document(capability, entries, metadata);
    const parts = Array.from({ length: Math.ceil(entries.length / this.listSize) }, (_, i) => ({
      loc: `${this.url}/${capability}/${i + 1}.xml`,
      ...(metadata.at !== undefined && { metadata: { at: metadata.at } }),
    }));
    return { ...this.document(capability, parts, metadata), root: 'sitemapindex' };
  }

  #resourceEntries(): Entry[] {
    return [...this.resources].map(([path, resource]) => this.#entryOf(path, resource));
  }

  #changeEntries(): Entry[] {
    return this.changes.map(({ loc, change, at, links }): Entry => {
      const time = this.tellsTimes ? { datetime: w3cDatetime(at) } : {};
      const held = this.resources.get(loc);
      // Of an earlier state nothing is known any more.
      if (change === 'deleted' || held === undefined || held.modified !== at) {
        return { loc: this.url + loc, metadata: { change, ...time }, ...(links.length > 0 && { links }) };
      }
      const entry = this.#entryOf(loc, held);
      return { ...entry, metadata: { ...entry.metadata, change, ...time } };
    });
  }

  #entryOf(path: string, { body, type, modified, links }: HeldResource): Entry {
    const hash = Object.fromEntries(
      this.digests.map((name) => [name, createHash(name.replace('-', '')).update(body).digest('hex')]),
    );
    return {
      loc: this.url + path,
      ...(this.tellsTimes && { lastmod: w3cDatetime(modified) }),
      metadata: {
        ...(this.digests.length > 0 && { hash }),
        length: body.length,
        ...(type !== undefined && { type }),
      },
      ...(links.length > 0 && { links }),
    };
  }

  #parts(kind: 'resourcedump' | 'changedump'): Entry[][] {
    const entries = kind === 'resourcedump' ? this.#resourceEntries() : this.#changeEntries();
    const size = this.listSize;
    return Array.from({ length: Math.max(1, Math.ceil(entries.length / size)) }, (_, i) =>
      entries.slice(i * size, (i + 1) * size),
    );
  }

  async #package(kind: 'resourcedump' | 'changedump', n: number): Promise<Buffer> {
    const metadata =
      kind === 'resourcedump' ? { at: w3cDatetime(this.#created) } : { from: w3cDatetime(this.#created) };
    return await this.#packageOf(`${kind}-manifest`, this.#parts(kind)[n - 1] ?? [], metadata);
  }

  async #packageOf(
    capability: Capability,
    listed: readonly Entry[],
    metadata: Partial<Metadata>,
  ): Promise<Buffer> {
    const zip = new yazl.ZipFile();
    const entries = listed.map((entry, i): Entry => {
      const path = new URL(entry.loc).pathname;
      const held = this.resources.get(path);
      if (entry.metadata?.change === 'deleted' || held === undefined) return entry;
      const name = `resources/${i}${path.replaceAll('/', '_')}`;
      const body = this.member(path, held.body);
      if (body !== undefined) zip.addBuffer(body, name);
      return { ...entry, metadata: { ...entry.metadata, path: `/${name}` } };
    });
    zip.addBuffer(Buffer.from(writeDocument(this.document(capability, entries, metadata))), 'manifest.xml');
    zip.end();
    const chunks: Buffer[] = [];
    for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }
}
