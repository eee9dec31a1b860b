import type { GivenLink } from '../../../protocols/signposting/index.ts';
import type { Announcement } from '../../../vocab/announcement.ts';
import { recordToSchemaOrg, reviewsToSchemaOrg } from '../../../vocab/json-ld/index.ts';
import type { Record as NgrRecord } from '../../../vocab/record.ts';
import type { Why } from '../../analysis/duplicates/index.ts';
import type { Reason } from '../../analysis/related/index.ts';
import type { LookedUpCopy } from '../../federation/index.ts';
import { HTML, type Format } from '../negotiation/formats.ts';
import type { Institution } from '../peers/institutions.ts';
import type { HeldItem } from '../records/held-items.ts';
import { reasonTexts } from './related-reasons.ts';
import type { RecordUse } from '../usage/index.ts';
import type { HeldWork } from '../works/held-works.ts';
import { bestCopyCard } from './best-copy.ts';
import { citationSections, type CitationsData } from './citations.ts';
import { evidenceLine } from './evidence.ts';
import { html, join, type Html, type HtmlValue } from './html.ts';
import { inLanguage } from './languages.ts';
import { layout } from './layout.ts';
import { announcementsSection } from './record-announcements.ts';
import { assessmentsCard } from './record-assessments.ts';
import { abstractText, fullTextLinks, recordFacts } from './record-facts.ts';
import { outsideLink, spokenName, titleHtml, titleText } from './record-labels.ts';
import { badges, holderLink, recordLine } from './record-line.ts';
import { feedbackForm } from './related-feedback.ts';
import { recordUse } from './usage/index.ts';
import type { View } from './view.ts';

interface RecordData {
  key: string;
  record: NgrRecord;
  institution: Institution;
  /** Not there for the moment in which a new record has been stored and not yet compared. */
  work: HeldWork | undefined;
  /** What joins it to others of its work, by their keys. */
  evidence: ReadonlyMap<string, Why>;
  /** Copies at nodes that are not followed. */
  elsewhere: readonly LookedUpCopy[];
  related: readonly RelatedItem[];
  citations: CitationsData;
  /** What others say of it, where that was accepted. */
  announcements: readonly Announcement[];
  usage: RecordUse;
  /** Its typed links (FAIR Signposting). */
  links: readonly GivenLink[];
  /** What else the record can be had as. */
  formats: readonly Format[];
}

export interface RelatedItem extends HeldItem {
  reasons: readonly Reason[];
}

/** One record: what it is, where else it is held, what is like it, and its other formats. */
export function recordPage(view: View, data: RecordData): string {
  const { t } = view;
  const { record } = data;
  const main = html` <article class="item">
    <header>
      ${badges(view, record)}
      <h1>${titleHtml(view, record)}</h1>
      ${record.titles.slice(1).map((title) => html`<p class="subtitle">${inLanguage(view, title)}</p>`)}
      ${authorList(view, record)} ${fullTextLinks(view, record)}
    </header>
    <div class="columns">
      <div>
        <section aria-labelledby="abstract">
          <h2 id="abstract">${t.record.abstract}</h2>
          ${abstractText(view, record)}
        </section>
        <section aria-labelledby="details">
          <h2 id="details">${t.record.facts}</h2>
          ${recordFacts(view, record)}
        </section>
      </div>
      <div>
        ${holderCard(view, data)} ${data.work !== undefined && bestCopyCard(view, data.work)}
        ${copiesCard(view, data)} ${formatsCard(view, data)} ${assessmentsCard(view, data)}
      </div>
    </div>
    ${announcementsSection(view, data.announcements)} ${citationSections(view, data.citations)}
    ${recordUse(view, data.key, data.usage)} ${relatedSection(view, data)}
  </article>`;
  return layout(view, {
    title: titleText(view, record),
    main,
    hasData: true,
    canonical: record.id,
    links: data.links,
    about: { ...recordToSchemaOrg(record), ...reviewsToSchemaOrg(data.announcements) },
  });
}

const AUTHORS_SHOWN = 100;

function authorList(view: View, { creators }: NgrRecord): HtmlValue {
  if (creators.length === 0) return undefined;
  const rest = creators.length - AUTHORS_SHOWN;
  return html`<ul class="authors" aria-label="${view.t.record.authors}">
    ${creators
      .slice(0, AUTHORS_SHOWN)
      .map(
        (creator) =>
          html`<li>
            ${spokenName(creator)}${creator.orcid !== undefined && html` ${outsideLink(`https://orcid.org/${creator.orcid}`, html`<span class="orcid">ORCID</span><span class="unseen"> ${creator.orcid}</span>`)}`}${creator.affiliation !== undefined && html` <span class="aside">${creator.affiliation}</span>`}
          </li>`,
      )}
    ${rest > 0 && html`<li>${view.t.record.moreAuthors(rest)}</li>`}
  </ul>`;
}

function holderCard(view: View, { record, institution }: RecordData): Html {
  const { t, locale } = view;
  const { source, harvestedAt } = record.provenance;
  return html`<section class="card" aria-labelledby="holder">
    <h2 id="holder">${t.record.heldBy}</h2>
    <p class="holder">${holderLink(view, institution)}</p>
    ${
      !institution.isSelf &&
      html`<p>${t.record.followed(institution.name)}</p>
        <p>${outsideLink(record.id, t.record.original)}</p>`
    }
    <p class="aside">${takenFrom(source, locale.day(harvestedAt), t)}</p>
  </section>`;
}

/** Imports and folders are known by their names; only what is on the web has an address. */
function takenFrom(source: string, day: string, { record }: View['t']): string {
  const [, name] = /^file:(.+)$/.exec(source) ?? [];
  return name === undefined ? record.provenance(source, day) : record.fromFiles(decoded(name), day);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function copiesCard(view: View, { key, record, elsewhere, work, evidence }: RecordData): Html {
  const { t } = view;
  const copies = (work?.records ?? []).filter((copy) => copy.key !== key);
  const list = html`<p>${t.record.copiesText}</p>
    <ul class="plain">
      ${copies.map(
        (copy) =>
          html`<li>
            <a href="${view.link(`/records/${copy.key}`)}"
              >${copy.holding.node === record.node ? t.record.anotherHere : copy.institution.name}</a
            >
            <span class="aside">${titleHtml(view, copy.holding)}</span>
            ${evidenceLine(view, evidence.get(copy.key))}
          </li>`,
      )}
    </ul>
    ${work !== undefined && html`<p class="more"><a href="${view.link(`/works/${work.id}`)}">${t.record.work}</a></p>`}`;
  return html`<section class="card" aria-labelledby="copies">
    <h2 id="copies">${t.record.copies}</h2>
    ${copies.length === 0 && elsewhere.length === 0 && html`<p>${t.record.noCopies}</p>`}
    ${copies.length > 0 && list} ${copiesElsewhere(view, elsewhere)}
    ${
      work?.spokenOf !== undefined &&
      html`<p class="more">
        <a href="${view.link('/statements', { record: work.spokenOf })}">${t.works.statements.all}</a>
      </p>`
    }
  </section>`;
}

/** Nothing of these is kept here, so each leads to its own institution. */
function copiesElsewhere(view: View, copies: readonly LookedUpCopy[]): HtmlValue {
  if (copies.length === 0) return undefined;
  return html`<p>${view.t.record.copiesElsewhere}</p>
    <ul class="plain">
      ${copies.map(
        ({ record, institution }) =>
          html`<li>
            ${outsideLink(record.id, institution)} <span class="aside">${titleHtml(view, record)}</span>
          </li>`,
      )}
    </ul>`;
}

function formatsCard(view: View, { key, formats }: RecordData): Html {
  const address = view.action(`/records/${key}`);
  const others = formats.filter((format) => format !== HTML);
  return html`<section class="card" aria-labelledby="formats">
    <h2 id="formats">${view.t.record.formats}</h2>
    <ul class="inline">
      ${others.map(({ name, label }) => html`<li><a href="${address}?format=${name}">${label}</a></li>`)}
    </ul>
  </section>`;
}

function relatedSection(view: View, { key, related }: RecordData): Html {
  const { record } = view.t;
  return html`<section aria-labelledby="related">
    <h2 id="related">${record.related}</h2>
    ${
      related.length === 0
        ? html`<p>${record.noRelated}</p>`
        : html`<ul class="records grid">
            ${related.map((item) =>
              recordLine(view, item, {
                below: html`${reasonLine(view, item.reasons)} ${feedbackForm(view, key, item)}`,
              }),
            )}
          </ul>`
    }
  </section>`;
}

function reasonLine(view: View, reasons: readonly Reason[]): HtmlValue {
  return html`<p class="reason">${join(reasonTexts(view.t, reasons), ' · ')}</p>`;
}
