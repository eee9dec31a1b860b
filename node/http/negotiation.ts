import type { Context } from 'koa';
import { LRUCache } from 'lru-cache';
import { HttpError } from './errors.ts';
import { qualityList, type Choice } from './quality-list.ts';

/** What a resource can be had as. `?format=` names one; otherwise `Accept` decides. */
export type Format = 'jsonld' | 'html' | 'nq' | 'oai_dc';

/** The media types of each format, the usual one first. */
export const MEDIA_TYPES: Readonly<Record<Format, readonly [string, ...string[]]>> = {
  jsonld: ['application/ld+json', 'application/json'],
  html: ['text/html'],
  nq: ['application/n-quads'],
  oai_dc: ['application/xml', 'text/xml'],
};

/** A format, and the media type under which it is to be answered. */
export interface Representation {
  format: Format;
  type: string;
}

/** Browsers' headers have some 150 characters. */
const LONGEST_KEPT = 500;

/**
 * Chooses between the formats of one kind of resource by `Accept` (RFC 9110, section 12.5.1). Of those that are wanted
 * alike, a type named exactly goes before a range, then the header's order counts, then the order given here: so that
 * a script which accepts everything gets JSON-LD, and a browser, which names `text/html`, a page.
 */
export class Negotiator {
  readonly formats: readonly Format[];
  readonly #offers: readonly Representation[];
  /** The same few headers come again and again. */
  readonly #decided = new LRUCache<string, { chosen: Representation | undefined }>({ max: 500 });

  constructor(formats: readonly Format[]) {
    this.formats = formats;
    this.#offers = formats.flatMap((format) => MEDIA_TYPES[format].map((type) => ({ format, type })));
  }

  /** The best of the formats, or undefined where none is acceptable. */
  choose(accept: string): Representation | undefined {
    const known = this.#decided.get(accept);
    if (known !== undefined) return known.chosen;
    const chosen = this.#decide(qualityList(accept));
    if (accept.length <= LONGEST_KEPT) this.#decided.set(accept, { chosen });
    return chosen;
  }

  /**
   * The representation of a request.
   * @param format what `?format=` says
   * @throws HttpError `NOT_ACCEPTABLE` (406), with what there is
   */
  of(ctx: Context, format?: Format): Representation {
    if (format !== undefined && this.formats.includes(format)) {
      return { format, type: MEDIA_TYPES[format][0] };
    }
    const chosen = format === undefined ? this.choose(ctx.req.headers.accept ?? '*/*') : undefined;
    if (chosen !== undefined) return chosen;
    ctx.append('Vary', 'Accept');
    throw new HttpError(406, 'NOT_ACCEPTABLE', 'There is no such representation', this.#listing(), {
      extra: { available: this.formats.map((name) => ({ format: name, type: MEDIA_TYPES[name][0] })) },
    });
  }

  #decide(choices: readonly Choice[]): Representation | undefined {
    let best: { offer: Representation; rank: readonly number[] } | undefined;
    for (const offer of this.#offers) {
      const rank = rankOf(offer.type, choices);
      if (rank !== undefined && (best === undefined || isHigher(rank, best.rank))) best = { offer, rank };
    }
    return best?.offer;
  }

  #listing(): string {
    const types = this.formats.map((format) => `${MEDIA_TYPES[format][0]} (?format=${format})`);
    return `This resource can be had as ${types.join(', ')}.`;
  }
}

/** How much a type is wanted: quality, how exactly it is named, how early. Undefined where it is not wanted. */
function rankOf(type: string, choices: readonly Choice[]): readonly number[] | undefined {
  let best: { specificity: number; rank: readonly number[] } | undefined;
  for (const [i, { value, quality }] of choices.entries()) {
    const specificity = specificityOf(value, type);
    if (specificity > (best?.specificity ?? 0)) best = { specificity, rank: [quality, specificity, -i] };
  }
  return best === undefined || best.rank[0] === 0 ? undefined : best.rank;
}

function specificityOf(range: string, type: string): number {
  if (range === type) return 3;
  if (range === '*/*') return 1;
  return range.endsWith('/*') && type.startsWith(range.slice(0, -1)) ? 2 : 0;
}

function isHigher(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at !== -1 && (a[at] ?? 0) > (b[at] ?? 0);
}
