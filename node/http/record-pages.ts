import type { Context } from 'koa';
import { isTombstone } from '../../vocab/record.ts';
import { CitationLists } from './citation-lists.ts';
import { HttpError } from './errors.ts';
import type { Language } from './messages/index.ts';
import type { CitationsData } from './pages/citations.ts';
import { recordPage, type RelatedItem } from './pages/record.ts';
import { tombstonePage } from './pages/tombstone.ts';
import { PageViews } from './page-views.ts';
import type { PublicParts } from './public-parts.ts';
import { landingPageLinks, recordLinks } from './record-links.ts';
import { HTML } from './formats.ts';
import { RECORD_FORMATS, TOMBSTONE_FORMATS } from './record-formats.ts';
import { sendPage } from './respond.ts';
import { RecordUses } from './usage/index.ts';
import { evidenceBeside } from './work-evidence.ts';

const RELATED = 6;
const REFERENCES = 10;
const CITING = 5;
/** Of a work with more records those beyond are listed without what joins them. */
const EXPLAINED = 20;

/** A record as a page, with what the node computed about it. Views of the node's own records are counted. */
export class RecordPages {
  readonly #parts: PublicParts;
  readonly #lists: CitationLists;
  readonly #views: PageViews;
  readonly #uses: RecordUses;

  constructor(parts: PublicParts) {
    this.#parts = parts;
    this.#lists = new CitationLists(parts);
    this.#views = new PageViews(parts);
    this.#uses = new RecordUses(parts);
  }

  async send(ctx: Context, key: string, lang: Language | undefined): Promise<void> {
    const { catalogue, duplicates, institutions, lookups, notifications, site, views, works } = this.#parts;
    const holding = await catalogue.holdings.get(key);
    if (holding === undefined) {
      throw new HttpError(404, 'RECORD_UNKNOWN', 'No such record', `No record is held here under ${key}.`);
    }
    const view = views.of(ctx, lang);
    const institution = institutions.of(holding.node);
    const formats = isTombstone(holding) ? TOMBSTONE_FORMATS : RECORD_FORMATS;
    ctx.set('Link', recordLinks(site, key, holding, HTML, formats));
    if (isTombstone(holding)) {
      sendPage(ctx, view, tombstonePage(view, { holding, institution }), 410);
      return;
    }
    const work = await works.of(key);
    const [elsewhere, months, copies, related, citations, announced] = await Promise.all([
      lookups.copiesOf(key),
      this.#uses.own(key, holding, { period: 'all' }),
      this.#uses.copies(key, holding, { period: 'last-12' }, work),
      this.#related(key),
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
        evidence: await evidenceBeside(duplicates, key, { records: work?.records ?? [], most: EXPLAINED }),
        elsewhere,
        usage: { months, work: copies },
        related,
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

  async #related(key: string): Promise<RelatedItem[]> {
    const { related, items } = this.#parts;
    const found = await related.related(key, RELATED);
    const byKey = new Map(found.map(({ key, reasons }) => [key, reasons]));
    const held = await items.recordsOf([...byKey.keys()]);
    return held.map((item) => ({ ...item, reasons: byKey.get(item.key) ?? [] }));
  }
}
