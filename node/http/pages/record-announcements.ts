import type { Announcement } from '../../../vocab/announcement.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import { outsideLink } from './record-labels.ts';
import type { View } from './view.ts';

const KINDS: readonly Announcement['kind'][] = ['review', 'endorsement', 'relationship', 'result'];

/** What others say of a record, as far as its own institution has accepted it; nothing where there is none. */
export function announcementsSection(view: View, announcements: readonly Announcement[]): HtmlValue {
  if (announcements.length === 0) return undefined;
  const words = view.t.announced;
  return html`<section aria-labelledby="announced">
    <h2 id="announced">${words.title}</h2>
    ${KINDS.map((kind) =>
      ofKind(
        view,
        words[kind],
        announcements.filter((one) => one.kind === kind),
      ),
    )}
  </section>`;
}

function ofKind(view: View, title: string, announcements: readonly Announcement[]): HtmlValue {
  if (announcements.length === 0) return undefined;
  return html`<h3>${title}</h3>
    <ul class="plain">
      ${announcements.map((announcement) => html`<li>${line(view, announcement)}</li>`)}
    </ul>`;
}

function line(view: View, { resource, triple, by, at }: Announcement): Html {
  const { t, locale } = view;
  const { id, name, citeAs } = resource;
  const what = triple === undefined ? link(id, name) : relationship(triple);
  const cite = citeAs !== undefined && citeAs !== id && html` · ${t.announced.cite} ${link(citeAs)}`;
  return html`${what}${cite} <span class="aside">${t.announced.by(by.name ?? by.id, locale.day(at))}</span>`;
}

/** As it was said: the record's own page may be either end. */
function relationship({ subject, relationship, object }: NonNullable<Announcement['triple']>): Html {
  return html`${link(subject)} <em>${link(relationship, shortName(relationship))}</em> ${link(object)}`;
}

/** What comes behind the last `#` or `/` of an IRI, where vocabularies have their names. */
function shortName(iri: string): string {
  return /[^#/]+$/.exec(iri)?.[0] ?? iri;
}

function link(iri: string, text = iri): Html {
  return outsideLink(iri, text);
}
