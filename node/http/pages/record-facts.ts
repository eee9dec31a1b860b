import {
  filesInView,
  type Identifier,
  type Record as NgrRecord,
  type RecordFile,
} from '../../../vocab/record.ts';
import { resolverOf, webAddress } from '../records/web-address.ts';
import { typeLabel, versionLabel } from './coar-labels.ts';
import { html, join, type Html, type HtmlValue } from './html.ts';
import { langOf } from './languages.ts';
import { accessLabel, licenceName, outsideLink, sourceLine, spokenName } from './record-labels.ts';
import type { View } from './view.ts';

/** A row of the details: its name, and its values. */
type Fact = [label: string, values: readonly HtmlValue[]];

/** Everything that the record says, as a list of names and values. What it does not say is not there. */
export function recordFacts(view: View, record: NgrRecord): Html {
  const facts = factsOf(view, record).filter(([, values]) => values.some((value) => value !== undefined));
  return html`<dl class="details">
    ${facts.map(
      ([label, values]) =>
        html`<div>
          <dt>${label}</dt>
          ${values.filter((value) => value !== undefined).map((value) => html`<dd>${value}</dd>`)}
        </div>`,
    )}
  </dl>`;
}

function factsOf(view: View, record: NgrRecord): Fact[] {
  const { t, locale } = view;
  const words = t.record;
  return [
    [words.published, [record.published === undefined ? undefined : locale.date(record.published)]],
    [words.publishedIn, [sourceLine(view, record)]],
    [words.publisher, [record.publisher]],
    [words.type, [typeLabel(view, record.type)]],
    [words.version, [versionLabel(view, record.version)]],
    [words.access, [accessLabel(view, record)]],
    [words.licence, [licenceLink(record.licence)]],
    [words.language, record.languages.map((language) => locale.languageName(language))],
    [words.identifiers, record.identifiers.map(identifierLink)],
    [words.publishedDoi, [publishedDoiLink(record)]],
    [words.subjects, [subjectList(view, record)]],
    [words.contributors, record.contributors.map((agent) => spokenName(agent))],
    [words.funding, record.funding.map(({ funder, award }) => fundingText(funder, award))],
    [
      words.relations,
      record.relations.map(({ kind, target }) => html`${t.relations[kind]} ${identifierLink(target)}`),
    ],
    ['OAI-PMH', [html`<code>${record.oaiIdentifier}</code>`]],
  ];
}

const schemeNames: Readonly<Record<Identifier['scheme'], string>> = {
  doi: 'DOI',
  handle: 'Handle',
  urn: 'URN',
  isbn: 'ISBN',
  issn: 'ISSN',
  pmid: 'PubMed',
  arxiv: 'arXiv',
  url: 'URL',
};

/** The name of a scheme as people write it. */
export function schemeName(scheme: Identifier['scheme']): string {
  return schemeNames[scheme];
}

export function identifierLink(identifier: Identifier): Html {
  const name = identifier.scheme === 'url' ? '' : `${schemeName(identifier.scheme)} `;
  return html`${name}${outsideLink(resolverOf(identifier), identifier.value)}`;
}

function publishedDoiLink({ publishedDoi }: NgrRecord): Html | undefined {
  return publishedDoi === undefined ? undefined : identifierLink({ scheme: 'doi', value: publishedDoi });
}

function licenceLink(licence: string | undefined): Html | undefined {
  return licence === undefined ? undefined : outsideLink(licence, licenceName(licence));
}

function subjectList(view: View, { subjects }: NgrRecord): Html | undefined {
  if (subjects.length === 0) return undefined;
  return html`<ul class="tags">
    ${subjects.map(
      (subject) =>
        html`<li>
          <a
            href="${view.link('/search', { q: subject.value.slice(0, 200) })}"
            ${langOf(view, subject.language)}
            >${subject.value}</a
          >
        </li>`,
    )}
  </ul>`;
}

function fundingText(funder: string | undefined, award: string | undefined): string | undefined {
  const parts = [funder, award].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** Links to the files that anyone may have, and to the item at its repository. */
export function fullTextLinks(view: View, record: NgrRecord): HtmlValue {
  const open = filesInView(record).filter(
    ({ access, url }) => access === 'open' && webAddress(url) !== undefined,
  );
  const landing = landingAddress(record);
  const withdrawn = record.files.flatMap((file) => file.withdrawn ?? []);
  if (open.length === 0 && landing === undefined && withdrawn.length === 0) return undefined;
  return html`<ul class="actions">
      ${open.map((file) => html`<li>${outsideLink(file.url, fileLabel(view, file))}</li>`)}
      ${landing !== undefined && html`<li>${outsideLink(landing, view.t.record.atSource)}</li>`}
    </ul>
    ${withdrawn.map(
      ({ reason, at }) =>
        html`<p class="aside">${view.t.record.fileWithdrawn} ${view.locale.day(at)}: ${reason}</p>`,
    )}`;
}

function fileLabel(view: View, file: RecordFile): Html {
  const facts = [
    ...(file.format === undefined ? [] : [mediaTypeName(file.format)]),
    ...(file.length === undefined ? [] : [view.locale.size(file.length)]),
  ];
  return html`${view.t.record.fullText}${facts.length > 0 && html` <span class="aside">${join(facts, ', ')}</span>`}`;
}

/** `application/pdf` is PDF to people. */
function mediaTypeName(type: string): string {
  const subtype = type.slice(type.indexOf('/') + 1);
  return /^[a-z0-9]{2,5}$/.test(subtype) ? subtype.toUpperCase() : type;
}

/** The item's page at its repository: a handle or an address among the identifiers, not a DOI of the publisher's. */
function landingAddress(record: NgrRecord): string | undefined {
  const files = new Set(record.files.map(({ url }) => url));
  const place =
    record.identifiers.find(({ scheme, value }) => scheme === 'url' && !files.has(value)) ??
    record.identifiers.find(({ scheme }) => scheme === 'handle');
  return place === undefined ? undefined : resolverOf(place);
}

/** The abstracts, each in its language. */
export function abstractText(view: View, { abstracts }: NgrRecord): Html {
  if (abstracts.length === 0) return html`<p class="aside">${view.t.record.noAbstract}</p>`;
  return html`${abstracts.map(
    (text) => html`<div${langOf(view, text.language)}>${paragraphs(text.value)}</div>`,
  )}`;
}

function paragraphs(text: string): Html[] {
  return text
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== '')
    .map((part) => html`<p>${part.trim()}</p>`);
}
