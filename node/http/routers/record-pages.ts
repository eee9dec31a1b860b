import type { Context } from 'koa';
import { isTombstone } from '../../../vocab/record.ts';
import { sendPage } from '../answers/respond.ts';
import type { RecordBeside } from '../beside.ts';
import { CitationLists } from '../citations/lists.ts';
import type { Language } from '../messages/index.ts';
import { HTML } from '../negotiation/formats.ts';
import type { CitationsData } from '../pages/citations.ts';
import { recordPage, type RelatedItem } from '../pages/record.ts';
import { tombstonePage } from '../pages/tombstone.ts';
import type { SharedReadParts } from '../read-parts.ts';
import { RECORD_FORMATS, TOMBSTONE_FORMATS } from '../records/formats.ts';
import { landingPageLinks, recordLinks } from '../records/links.ts';
import { unknownRecord } from '../records/lookup.ts';
import { PageViews } from '../usage/index.ts';

const REFERENCES = 10;
const CITING = 5;

type Parts = Pick<
  SharedReadParts,
  | 'beside'
  | 'catalogue'
  | 'citations'
  | 'clock'
  | 'duplicates'
  | 'institutions'
  | 'items'
  | 'log'
  | 'metrics'
  | 'notifications'
  | 'site'
  | 'usage'
  | 'views'
  | 'works'
>;

/** A record as a page, with what the node computed about it. Views of the node's own records are counted. */
export class RecordPages {
  readonly #parts: Parts;
  readonly #lists: CitationLists;
  readonly #views: PageViews;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#lists = new CitationLists(parts);
    this.#views = new PageViews(parts);
  }

  async send(ctx: Context, key: string, lang: Language | undefined): Promise<void> {
    const { beside, catalogue, institutions, notifications, site, views, works } = this.#parts;
    const holding = await catalogue.holdings.get(key);
    if (holding === undefined) throw unknownRecord(key);
    const view = views.of(ctx, lang);
    const institution = institutions.of(holding.node);
    const formats = isTombstone(holding) ? TOMBSTONE_FORMATS : RECORD_FORMATS;
    ctx.set('Link', recordLinks(site, key, holding, HTML, formats));
    if (isTombstone(holding)) {
      sendPage(ctx, view, tombstonePage(view, { holding, institution }), 410);
      return;
    }
    const work = await works.of(key);
    const [{ related, ...others }, citations, announced] = await Promise.all([
      beside.ofRecord(key, holding, work),
      this.#citationsOf(key),
      notifications.announcements.of(key),
    ]);
    sendPage(
      ctx,
      view,
      recordPage(view, {
        key,
        record: holding,
        institution,
        work,
        ...others,
        related: await this.#held(related),
        citations,
        announcements: announced?.announcements ?? [],
        formats,
        links: landingPageLinks(site, key, holding, formats),
      }),
    );
    if (holding.node === site.node) this.#views.note(ctx, key);
  }

  /** The beginnings of both lists. */
  async #citationsOf(key: string): Promise<CitationsData> {
    const subject = await this.#lists.ofRecord(key);
    const [counts, cites, citedBy] = await Promise.all([
      this.#lists.counts(subject),
      this.#lists.cites(subject, { limit: REFERENCES }),
      this.#lists.citedBy(subject, { limit: CITING }),
    ]);
    return { path: `/records/${key}`, counts, cites, citedBy };
  }

  async #held(related: RecordBeside['related']): Promise<RelatedItem[]> {
    const byKey = new Map(related.map(({ key, reasons }) => [key, reasons]));
    const held = await this.#parts.items.recordsOf([...byKey.keys()]);
    return held.map((item) => ({ ...item, reasons: byKey.get(item.key) ?? [] }));
  }
}
