import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context } from 'koa';
import { LRUCache } from 'lru-cache';
import { isTombstone } from '../../../vocab/record.ts';
import type { Catalogue } from '../../catalogue/index.ts';
import type { Announced, Announcements } from '../../notifications/index.ts';
import { httpDate, isNotModified, type Validators } from '../answers/conditional.ts';
import { REVALIDATE } from '../answers/respond.ts';
import { publicDataHeaders } from '../answers/security-headers.ts';
import { gzippedTag, prefersGzip } from '../negotiation/content-coding.ts';
import { contentType, HTML, JSON_LD, type Representation } from '../negotiation/formats.ts';
import type { Site } from '../site.ts';
import { RECORD_FORMATS, TOMBSTONE_FORMATS, writeHolding } from './formats.ts';
import { recordLinks } from './links.ts';

/** A record in one format, ready to be sent. */
interface RenderedRecord {
  /** 410 for what was withdrawn or deleted. */
  status: 200 | 410;
  body: string | Buffer;
  /**
   * The whole head of the answer, names and values in turn: to set them one by one would take longer than all else. The
   * entity tag is strong, of the record's digest and the format.
   */
  head: string[];
  /** The head for clients that have it already: what they know of the representation is not said again. */
  headNotModified: string[];
  validators: Validators;
  /** The same for clients that prefer it, where there is something to gain. */
  gzipped?: RenderedRecord;
}

type Header = readonly [name: string, value: string];

/** Of the bytes that a format makes of the same record. A new number tells clients that their copies are old. */
const FORMAT_VERSION = 1;
const MAX_BYTES = 64 * 1024 * 1024;
/** What an entry takes beside its body. */
const OVERHEAD = 1_000;
/** Characters; of a record that is shorter, as most are, there is only one coding. */
const SMALLEST_PACKED = 8_000;

/** What a 304 has to say (RFC 9110, section 15.4.5). The links and the rest are as the entity tag found them. */
const SAID_AGAIN: ReadonlySet<string> = new Set(['Vary', 'Cache-Control', 'ETag']);

const packed = promisify(gzip);

/** Records as data. What was rendered is kept, within a number of bytes, until the catalogue says that the record changed. */
export class RecordRepresentations {
  readonly #catalogue: Pick<Catalogue, 'holdings' | 'position'>;
  readonly #announcements: Pick<Announcements, 'of'>;
  readonly #site: Site;
  readonly #rendered: LRUCache<string, RenderedRecord>;
  /** Of announcements, so far. */
  #changes = 0;

  constructor({
    catalogue,
    announcements,
    site,
    maxBytes = MAX_BYTES,
  }: {
    catalogue: Pick<Catalogue, 'holdings' | 'position' | 'onCommit'>;
    /** What others say of the records, which is shown with them. */
    announcements: Pick<Announcements, 'of' | 'onChange'>;
    site: Site;
    maxBytes?: number;
  }) {
    this.#catalogue = catalogue;
    this.#announcements = announcements;
    this.#site = site;
    this.#rendered = new LRUCache({
      maxSize: maxBytes,
      // A string takes up to two bytes a character.
      sizeCalculation: ({ body, gzipped }) => 2 * body.length + (gzipped?.body.length ?? 0) + OVERHEAD,
    });
    catalogue.onCommit(({ keys }) => {
      // A feed that is dropped names no records.
      if (keys.length === 0) this.#rendered.clear();
      for (const key of keys) this.#forget(key);
    });
    announcements.onChange((key) => {
      this.#changes += 1;
      this.#forget(key);
    });
  }

  /** Undefined where nothing is held under the key. */
  async get(key: string, wanted: Representation): Promise<RenderedRecord | undefined> {
    return this.kept(key, wanted) ?? (await this.#render(key, wanted));
  }

  /** The same without waiting: undefined also where it is not rendered yet, or not any more. */
  kept(key: string, wanted: Representation): RenderedRecord | undefined {
    return this.#rendered.get(cacheKey(wanted, key));
  }

  async #render(key: string, wanted: Representation): Promise<RenderedRecord | undefined> {
    const { position } = this.#catalogue;
    const changes = this.#changes;
    const held = await this.#catalogue.holdings.current(key);
    if (held === undefined) return undefined;
    const { holding, entry } = held;
    const isGone = isTombstone(holding);
    const announced = isGone ? undefined : await this.#announcements.of(key);
    const modified = Math.max(entry.time, announced?.changedAt ?? 0);
    const digest = announced === undefined ? entry.digest : `${entry.digest}.${shortDigest(announced)}`;
    const formats = isGone ? TOMBSTONE_FORMATS : RECORD_FORMATS;
    const fits = formats.some(({ name }) => name === wanted.format.name);
    const { format, type } = fits ? wanted : { format: JSON_LD, type: JSON_LD.types[0] };
    if (format === HTML) throw new TypeError('pages are not kept here');
    const etag = `"${digest}.${format.name}.${FORMAT_VERSION}"`;
    const body = await writeHolding(holding, format, {
      site: this.#site,
      announcements: announced?.announcements ?? [],
    });
    const isPacked = body.length >= SMALLEST_PACKED;
    const headers: Header[] = [
      ['Content-Type', contentType({ format, type })],
      ['Vary', isPacked ? 'Accept, Accept-Encoding' : 'Accept'],
      ['Cache-Control', REVALIDATE],
      ['Link', recordLinks(this.#site, key, holding, format, formats)],
      ['Last-Modified', httpDate(modified)],
    ];
    const status = isGone ? 410 : 200;
    const rendered = ready({ status, body, headers, validators: { etag, modified } });
    if (isPacked) {
      rendered.gzipped = ready({
        status,
        body: await packed(body),
        headers: [...headers, ['Content-Encoding', 'gzip']],
        validators: { etag: gzippedTag(etag), modified },
      });
    }
    // If anything was committed meanwhile, this may be of the past already, and nobody would say so again.
    if (this.#catalogue.position === position && this.#changes === changes)
      this.#rendered.set(cacheKey(wanted, key), rendered);
    return rendered;
  }

  #forget(key: string): void {
    if (this.#rendered.size === 0) return;
    for (const format of RECORD_FORMATS) {
      for (const type of format.types) this.#rendered.delete(cacheKey({ format, type }, key));
    }
  }
}

/** Answers with what was rendered, or 304 where the client has it. */
export function sendRendered(ctx: Context, rendered: RenderedRecord): void {
  const { gzipped } = rendered;
  const isGzipWanted = gzipped !== undefined && prefersGzip(ctx.req.headers['accept-encoding']);
  const { status, body, head, headNotModified, validators } = isGzipWanted ? gzipped : rendered;
  ctx.respond = false;
  if (status === 200 && isNotModified(ctx, validators)) ctx.res.writeHead(304, headNotModified).end();
  else ctx.res.writeHead(status, head).end(body);
}

function ready({
  headers: others,
  ...rest
}: Pick<RenderedRecord, 'status' | 'body' | 'validators'> & { headers: readonly Header[] }): RenderedRecord {
  const headers: Header[] = [...others, ['ETag', rest.validators.etag]];
  const length: Header = ['Content-Length', String(Buffer.byteLength(rest.body))];
  const headNotModified = [...headers.filter(([name]) => SAID_AGAIN.has(name)), ...publicDataHeaders];
  return {
    ...rest,
    head: [...headers, ...publicDataHeaders, length].flat(),
    headNotModified: headNotModified.flat(),
  };
}

/** Tells apart what was announced at one time and another. */
function shortDigest(announced: Announced): string {
  return createHash('sha256').update(JSON.stringify(announced)).digest('hex').slice(0, 16);
}

function cacheKey({ format, type }: Representation, key: string): string {
  return `${format.name} ${type} ${key}`;
}
