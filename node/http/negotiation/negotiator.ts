import type { Context } from 'koa';
import { LRUCache } from 'lru-cache';
import { HttpError } from '../errors.ts';
import type { Format, Representation } from './formats.ts';
import { qualityList, type Choice } from './quality-list.ts';

/** Browsers' headers have some 150 characters. */
const LONGEST_KEPT = 500;

/**
 * Chooses between the formats of one kind of resource by `Accept` (RFC 9110, section 12.5.1). Of those that are wanted
 * alike, a type named exactly goes before a range, then the header's order counts, then the order given here: so that
 * a script which accepts everything gets JSON-LD, and a browser, which names `text/html`, a page. A `profile` that one of
 * the formats has asks for that format; any other is left aside.
 */
export class Negotiator {
  readonly formats: readonly Format[];
  readonly #offers: readonly Representation[];
  readonly #profiles: ReadonlySet<string>;
  /** The same few headers come again and again. */
  readonly #decided = new LRUCache<string, { chosen: Representation | undefined }>({ max: 500 });

  constructor(formats: readonly Format[]) {
    this.formats = formats;
    this.#offers = formats.flatMap((format) => format.types.map((type) => ({ format, type })));
    this.#profiles = new Set(
      formats.flatMap(({ profile }) => (profile === undefined ? [] : [bare(profile)])),
    );
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
   * @param name what `?format=` says
   * @throws HttpError `NOT_ACCEPTABLE` (406), with what there is
   */
  of(ctx: Context, name?: string): Representation {
    const named = this.formats.find((format) => format.name === name);
    if (named !== undefined) return { format: named, type: named.types[0] };
    const chosen = name === undefined ? this.choose(ctx.req.headers.accept ?? '*/*') : undefined;
    if (chosen !== undefined) return chosen;
    ctx.append('Vary', 'Accept');
    throw new HttpError(406, 'NOT_ACCEPTABLE', 'There is no such representation', this.#listing(), {
      extra: {
        available: this.formats.map(({ name: format, types: [type], profile }) => ({
          format,
          type,
          ...(profile !== undefined && { profile }),
        })),
      },
    });
  }

  #decide(choices: readonly Choice[]): Representation | undefined {
    let best: { offer: Representation; rank: readonly number[] } | undefined;
    for (const offer of this.#offers) {
      const rank = this.#rankOf(offer, choices);
      if (rank !== undefined && (best === undefined || isHigher(rank, best.rank))) best = { offer, rank };
    }
    return best?.offer;
  }

  #listing(): string {
    const types = this.formats.map(({ name, types }) => `${types[0]} (?format=${name})`);
    return `This resource can be had as ${types.join(', ')}.`;
  }

  /** How much a format is wanted: quality, how exactly it is named, how early. Undefined where it is not wanted. */
  #rankOf({ format, type }: Representation, choices: readonly Choice[]): readonly number[] | undefined {
    let best: { specificity: number; rank: readonly number[] } | undefined;
    for (const [i, { value, quality, profile }] of choices.entries()) {
      const asked = profile === undefined ? undefined : bare(profile);
      const isKnown = asked !== undefined && this.#profiles.has(asked);
      if (isKnown && (format.profile === undefined || bare(format.profile) !== asked)) continue;
      const named = specificityOf(value, type);
      const specificity = named === 0 ? 0 : named + (isKnown ? 1 : 0);
      if (specificity > (best?.specificity ?? 0)) best = { specificity, rank: [quality, specificity, -i] };
    }
    return best === undefined || best.rank[0] === 0 ? undefined : best.rank;
  }
}

/** Profiles are compared without what people write differently. */
function bare(profile: string): string {
  return profile
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#]+$/, '');
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
