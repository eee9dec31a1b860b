import type { GivenLink } from '../../../protocols/signposting/index.ts';
import type { JsonLdObject } from '../../../vocab/json-ld/index.ts';
import { LANGUAGES, localeOf } from '../messages/index.ts';
import { contactLink } from '../site.ts';
import { dataBlock, html, type Html, type HtmlValue } from './html.ts';
import type { View } from './view.ts';

export interface Page {
  /** Of the page alone; the site's name is added. */
  title: string;
  main: Html;
  /** Whether there is the same as JSON-LD at this address. Not for pages about a problem. */
  hasData: boolean;
  /** Whether search engines may list it. */
  isIndexed?: boolean;
  /** The address that a page about a copy stands for: the one at the origin. */
  canonical?: string;
  /** Typed links that the page has, beside the usual ones. */
  links?: readonly GivenLink[];
  /** What the page is about, for search engines: a document of JSON-LD. */
  about?: JsonLdObject;
  /** Whether the page has a search form of its own, so that the header shows none. */
  hasSearch?: boolean;
  /** Where the header leads to; the public pages, unless others are told. */
  places?: readonly Place[];
  /** What the header has at its end, in place of the search form. */
  corner?: Html;
}

export interface Place {
  path: string;
  label: string;
}

/** A whole document: header with navigation, the page, footer with the languages. */
export function layout(view: View, page: Page): string {
  const { t, site, locale } = view;
  const title = page.title === site.name ? site.name : `${page.title} · ${site.name}`;
  return html`<!doctype html>
    <html lang="${locale.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${page.isIndexed === false && html`<meta name="robots" content="noindex" />`}
        <link rel="stylesheet" href="${view.stylesheet}" />
        <link rel="icon" type="image/svg+xml" href="${view.icon}" />
        ${page.canonical !== undefined && html`<link rel="canonical" href="${page.canonical}" />`}
        ${page.hasData && html`<link rel="alternate" type="application/ld+json" href="${view.here({ format: 'jsonld', lang: undefined })}" />`}
        <link
          rel="search"
          type="application/opensearchdescription+xml"
          title="${site.name}"
          href="${view.action('/opensearch.xml')}"
        />
        ${(page.links ?? []).map(typedLink)}
        ${page.about !== undefined && dataBlock('application/ld+json', page.about)}
        ${LANGUAGES.map((language) => html`<link rel="alternate" hreflang="${language}" href="${view.here({ lang: language, format: undefined })}" />`)}
      </head>
      <body>
        <a class="skip" href="#content">${t.skip}</a>
        <header class="site">
          <div class="wide">
            <a class="name" href="${view.link('/')}">${logoOrMark(view)}<span>${site.name}</span></a>
            <nav aria-label="${t.navigation}">
              <ul>
                ${navigation(view, page.places ?? publicPlaces(view))}
              </ul>
            </nav>
            ${page.corner ?? (page.hasSearch !== true && searchForm(view, { id: 'header-search', className: 'small' }))}
          </div>
        </header>
        <main id="content" tabindex="-1">
          <div class="wide">${page.main}</div>
        </main>
        <footer class="site">
          <div class="wide">
            <nav aria-label="${t.language}">
              <ul>
                ${LANGUAGES.map((language) => languageLink(view, language))}
              </ul>
            </nav>
            <p>
              ${page.hasData && html`<a href="${view.here({ format: 'jsonld', lang: undefined })}">${t.machineReadable}</a> · `}
              <a href="${view.link('/policy')}">${t.policy.title}</a> ·
              <a href="${view.link('/assessments')}">${t.assessments.title}</a> ·
              ${waysToReach(view)}${t.poweredBy(site.version)}
            </p>
          </div>
        </footer>
      </body>
    </html> `.markup;
}

function typedLink({ rel, href, type }: GivenLink): Html {
  return html`<link rel="${rel}" href="${href}" ${type !== undefined && html`type="${type}" `} />`;
}

interface SearchFormOptions {
  id: string;
  className: 'small' | 'large';
  query?: string;
  /** Further fields of the form. */
  fields?: HtmlValue;
}

/** The search form. The reader's choice of language goes with it. */
export function searchForm(view: View, options: SearchFormOptions): Html {
  const { t } = view;
  return html`<form
    class="search ${options.className}"
    role="search"
    action="${view.action('/search')}"
    method="get"
  >
    <label for="${options.id}">${options.className === 'large' ? t.front.searchLabel : t.found.label}</label>
    <div class="field">
      <input
        type="search"
        id="${options.id}"
        name="q"
        value="${options.query ?? ''}"
        maxlength="300"
        required
        autocomplete="off"
      />
      <button type="submit">${t.found.button}</button>
    </div>
    ${options.fields}${view.chosen !== undefined && html`<input type="hidden" name="lang" value="${view.chosen}" />`}
  </form>`;
}

function publicPlaces({ t }: View): Place[] {
  return [
    { path: '/search', label: t.search },
    { path: '/records', label: t.records },
    { path: '/peers', label: t.institutions },
    { path: '/usage', label: t.usage },
  ];
}

function navigation(view: View, places: readonly Place[]): Html[] {
  return places.map(({ path, label }) => {
    const current = view.path === path && html` aria-current="page"`;
    return html`<li><a href="${view.link(path)}" ${current}>${label}</a></li>`;
  });
}

function languageLink(view: View, language: (typeof LANGUAGES)[number]): Html {
  const name = localeOf(language).messages.languageName;
  const current = language === view.locale.language && html` aria-current="true"`;
  const address = view.here({ lang: language, format: undefined });
  return html`<li><a href="${address}" lang="${language}" hreflang="${language}" ${current}>${name}</a></li>`;
}

function waysToReach({ site, t }: View): HtmlValue {
  const ways = [
    [site.contact, t.contact],
    [site.helpdesk, t.institution.helpdesk],
  ] as const;
  return ways.map(
    ([address, label]) => address !== undefined && html`<a href="${contactLink(address)}">${label}</a> · `,
  );
}

function logoOrMark({ logo }: View): Html {
  return logo === undefined ? mark : logoImage(logo, 'mark');
}

/** The logo, which says nothing that the name beside it does not. */
export function logoImage({ src, width, height }: NonNullable<View['logo']>, className: string): Html {
  return html`<img class="${className}" src="${src}" width="${width}" height="${height}" alt="" />`;
}

/** Three nodes that hold one another: the sign of the network. */
const mark = html`<svg
  class="mark"
  viewBox="0 0 32 32"
  width="32"
  height="32"
  aria-hidden="true"
  focusable="false"
>
  <path d="M9 22 16 9l7 13z" fill="none" stroke="currentColor" stroke-width="2" />
  <circle cx="16" cy="8" r="4.5" />
  <circle cx="8" cy="23" r="4.5" />
  <circle cx="24" cy="23" r="4.5" />
</svg>`;
