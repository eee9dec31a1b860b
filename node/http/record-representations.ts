import { LRUCache } from 'lru-cache';
import { oaiDc } from '../../vocab/crosswalks/index.ts';
import { contextUrl } from '../../vocab/context.ts';
import { recordToJsonLd, toNQuads } from '../../vocab/json-ld/index.ts';
import { keyOfIri } from '../../vocab/record-key.ts';
import { isTombstone, type Holding } from '../../vocab/record.ts';
import { xmlDeclaration } from '../../vocab/xml/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import { httpDate, type Validators } from './conditional.ts';
import { MEDIA_TYPES, type Format, type Representation } from './negotiation.ts';
import { recordLinks } from './record-links.ts';
import { REVALIDATE } from './respond.ts';
import { publicDataHeaders } from './security-headers.ts';
import type { Site } from './site.ts';

/** What a record can be had as, the one for scripts first. */
export const RECORD_FORMATS: readonly Format[] = ['jsonld', 'html', 'nq', 'oai_dc'];
/** A tombstone has no description that Dublin Core could carry. */
export const TOMBSTONE_FORMATS: readonly Format[] = ['jsonld', 'html', 'nq'];

export type DataFormat = Exclude<Format, 'html'>;

/** A record in one format, ready to be sent. */
export interface RenderedRecord {
  /** 410 for what was withdrawn or deleted. */
  status: 200 | 410;
  body: string;
  /** Those that tell of the representation; the entity tag is strong, of the record's digest and the format. */
  headers: readonly (readonly [name: string, value: string])[];
  /** The whole head of the answer, names and values in turn: to set them one by one would take longer than all else. */
  head: readonly string[];
  validators: Validators;
}

/** Of the bytes that a format makes of the same record. A new number tells clients that their copies are old. */
const FORMAT_VERSION = 1;
const MAX_BYTES = 64 * 1024 * 1024;
/** What an entry takes beside its body. */
const OVERHEAD = 1_000;

/** Records as data. What was rendered is kept, within a number of bytes, until the catalogue says that the record changed. */
export class RecordRepresentations {
  readonly #catalogue: Pick<Catalogue, 'holdings' | 'position'>;
  readonly #site: Site;
  readonly #rendered: LRUCache<string, RenderedRecord>;

  constructor({
    catalogue,
    site,
    maxBytes = MAX_BYTES,
  }: {
    catalogue: Pick<Catalogue, 'holdings' | 'position' | 'onCommit'>;
    site: Site;
    maxBytes?: number;
  }) {
    this.#catalogue = catalogue;
    this.#site = site;
    this.#rendered = new LRUCache({
      maxSize: maxBytes,
      // A string takes up to two bytes a character.
      sizeCalculation: ({ body }) => 2 * body.length + OVERHEAD,
    });
    catalogue.onCommit(({ entries }) => {
      // A feed that is dropped names no entries.
      if (entries.length === 0) this.#rendered.clear();
      for (const { entry } of entries) this.#forget(keyOfIri(entry.record) ?? '');
    });
  }

  /** Undefined where nothing is held under the key. */
  async get(key: string, wanted: Representation): Promise<RenderedRecord | undefined> {
    const known = this.#rendered.get(`${wanted.type} ${key}`);
    return known ?? (await this.#render(key, wanted));
  }

  async #render(key: string, wanted: Representation): Promise<RenderedRecord | undefined> {
    const { position } = this.#catalogue;
    const held = await this.#catalogue.holdings.current(key);
    if (held === undefined) return undefined;
    const { holding, entry } = held;
    const { digest, time: modified } = entry;
    const isGone = isTombstone(holding);
    const { format, type } =
      isGone && wanted.format === 'oai_dc'
        ? { format: 'jsonld' as const, type: MEDIA_TYPES.jsonld[0] }
        : wanted;
    if (format === 'html') throw new TypeError('pages are not kept here');
    const etag = `"${digest}.${format}.${FORMAT_VERSION}"`;
    const formats = isGone ? TOMBSTONE_FORMATS : RECORD_FORMATS;
    const body = await bodyOf(holding, format, this.#site);
    const headers = [
      ['Content-Type', format === 'nq' ? type : `${type}; charset=utf-8`],
      ['Vary', 'Accept'],
      ['Cache-Control', REVALIDATE],
      ['Link', recordLinks(this.#site, key, holding, format, formats)],
      ['ETag', etag],
      ['Last-Modified', httpDate(modified)],
    ] as const;
    const length = ['Content-Length', String(Buffer.byteLength(body))] as const;
    const rendered: RenderedRecord = {
      status: isGone ? 410 : 200,
      body,
      headers,
      head: [...headers, ...publicDataHeaders, length].flat(),
      validators: { etag, modified },
    };
    // If anything was committed meanwhile, this may be of the past already, and nobody would say so again.
    if (this.#catalogue.position === position) this.#rendered.set(`${wanted.type} ${key}`, rendered);
    return rendered;
  }

  #forget(key: string): void {
    for (const types of Object.values(MEDIA_TYPES)) {
      for (const type of types) this.#rendered.delete(`${type} ${key}`);
    }
  }
}

async function bodyOf(holding: Holding, format: DataFormat, site: Site): Promise<string> {
  const context = contextUrl(site.base);
  switch (format) {
    case 'jsonld':
      return JSON.stringify(recordToJsonLd(holding, { context }));
    case 'nq':
      return await toNQuads(recordToJsonLd(holding, { context }));
    case 'oai_dc':
      if (isTombstone(holding)) throw new TypeError('a tombstone has no description');
      return `${xmlDeclaration}${oaiDc.write(holding)}`;
  }
}
