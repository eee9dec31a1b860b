import {
  registries,
  registryNames,
  type InstitutionDocument,
  type Repository,
} from '../../institution/index.ts';
import { contactLink } from '../site.ts';
import { html, join, type Html } from './html.ts';
import type { View } from './view.ts';

/** What the institution says of itself, beside its name; undefined where that is nothing. */
export function institutionFacts(view: View, document: InstitutionDocument): Html | undefined {
  const { institution: words, contact: contactWord } = view.t;
  const { description, region, ror, contact, helpdesk, repositories } = document;
  const country = view.site.location?.country;
  const place = [region, country === undefined ? undefined : view.locale.countryName(country)]
    .filter((part) => part !== undefined)
    .join(', ');
  const facts: [string, Html][] = [
    ...(place === '' ? [] : [[words.place, html`${place}`] satisfies [string, Html]]),
    ...(ror === undefined ? [] : [[words.ror, link(ror, ror)] satisfies [string, Html]]),
    ...reached(contactWord, contact),
    ...reached(words.helpdesk, helpdesk),
  ];
  if (description === undefined && facts.length === 0 && repositories.length === 0) return undefined;
  return html`${description?.split(/\n+/).map((paragraph) => html`<p>${paragraph}</p>`)}
  ${
    facts.length > 0 &&
    html`<dl class="facts">
      ${facts.map(
        ([term, fact]) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${fact}</dd>
          </div>`,
      )}
    </dl>`
  }
  ${
    repositories.length > 0 &&
    html`<h3>${words.repositories}</h3>
      <ul class="plain">
        ${repositories.map((repository) => repositoryItem(repository))}
      </ul>`
  }`;
}

/** These are the institution's own pages, or those about it: search engines are to follow. */
function link(href: string, text: string): Html {
  return html`<a href="${href}">${text}</a>`;
}

function reached(label: string, address: string | undefined): [string, Html][] {
  if (address === undefined) return [];
  return [[label, link(contactLink(address), address)]];
}

function repositoryItem({ name, url, platform, oaiBaseUrl, ...listed }: Repository): Html {
  const links = registryNames.flatMap((registry) => {
    const id = listed[registry];
    if (id === undefined) return [];
    return link(registries[registry].address(id), registries[registry].name);
  });
  const about = [
    ...(platform === undefined ? [] : [html`${platform}`]),
    ...(oaiBaseUrl === undefined ? [] : [link(`${oaiBaseUrl}?verb=Identify`, 'OAI-PMH')]),
    ...links,
  ];
  return html`<li>
    ${link(url, name)} ${about.length > 0 && html`<span class="aside">${join(about, ' · ')}</span>`}
  </li>`;
}
